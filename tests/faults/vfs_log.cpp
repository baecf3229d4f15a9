#include "faults/vfs_log.hpp"

#include "base/check.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <new>

namespace zt::faults {

namespace {

using How = CallFault::How;
using Kind = WatchedDisk::Kind;

WatchedDisk* the_disk = nullptr;
sqlite3_vfs* system_vfs = nullptr;

/// What a write or truncate since the last sync replaced.
struct Undo {
    std::int64_t at = 0, size = 0;
    std::string bytes;
};

/// Lies in memory that SQLite gives; the file of the system follows behind it.
struct WatchedFile {
    sqlite3_file base;
    bool is_watched = false;
    bool is_log = false;
    std::int64_t opening = 0;
    std::vector<Undo>* undo = nullptr;
};

WatchedFile& self(sqlite3_file* file) { return *reinterpret_cast<WatchedFile*>(file); }
sqlite3_file* inner(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(WatchedFile));
}
const sqlite3_io_methods& of_inner(sqlite3_file* file) { return *inner(file)->pMethods; }

std::int64_t size_of(sqlite3_file* file) {
    sqlite3_int64 size = 0;
    CHECK(of_inner(file).xFileSize(inner(file), &size) == SQLITE_OK);
    return size;
}

/// Keeps what [at, at + count) held, for a sync that fails and forgets.
void keep(sqlite3_file* file, std::int64_t at, std::int64_t count) {
    Undo undo{at, size_of(file), {}};
    const std::int64_t held = std::clamp<std::int64_t>(undo.size - at, 0, count);
    undo.bytes.resize(static_cast<std::size_t>(held));
    if (held > 0) {
        const int code =
            of_inner(file).xRead(inner(file), undo.bytes.data(), static_cast<int>(held), at);
        CHECK(code == SQLITE_OK);
    }
    self(file).undo->push_back(std::move(undo));
}

/// In pieces: the way of the system takes no long ones.
void put_back(sqlite3_file* file, const Undo& undo) {
    constexpr std::size_t piece = 1 << 16;
    for (std::size_t at = 0; at < undo.bytes.size(); at += piece) {
        const auto count = static_cast<int>(std::min(piece, undo.bytes.size() - at));
        const sqlite3_int64 place = undo.at + static_cast<std::int64_t>(at);
        const int code = of_inner(file).xWrite(inner(file), undo.bytes.data() + at, count, place);
        CHECK(code == SQLITE_OK);
    }
}

/// Puts back what was there at the last sync.
void forget_unsynced(sqlite3_file* file) {
    auto& undo = *self(file).undo;
    for (auto one = undo.rbegin(); one != undo.rend(); ++one) {
        put_back(file, *one);
        CHECK(of_inner(file).xTruncate(inner(file), one->size) == SQLITE_OK);
    }
    undo.clear();
}

int close_file(sqlite3_file* file) {
    const int code = of_inner(file).xClose(inner(file));
    const std::unique_ptr<std::vector<Undo>> gone(self(file).undo);
    self(file).undo = nullptr;
    return code;
}

int read_file(sqlite3_file* file, void* bytes, int count, sqlite3_int64 at) {
    if (self(file).is_watched && the_disk->next(Kind::read)) {
        return SQLITE_IOERR_READ;
    }
    return of_inner(file).xRead(inner(file), bytes, count, at);
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    if (!self(file).is_watched) {
        return of_inner(file).xWrite(inner(file), bytes, count, at);
    }
    const auto fault = the_disk->next(Kind::write);
    if (fault == How::io || fault == How::full) {
        return fault == How::io ? SQLITE_IOERR_WRITE : SQLITE_FULL;
    }
    const bool is_cut = fault == How::cut || fault == How::cut_full;
    const int written = is_cut ? count / 2 : count;
    keep(file, at, written);
    const int code = of_inner(file).xWrite(inner(file), bytes, written, at);
    if (code != SQLITE_OK) {
        return code;
    }
    if (!self(file).is_log) {
        the_disk->note_writer(self(file).opening);
    }
    const auto size = static_cast<std::size_t>(written);
    the_disk->note(
        {Call::What::write,
         self(file).is_log,
         at,
         std::string(static_cast<const char*>(bytes), size)}
    );
    if (fault == How::cut_full) {
        return SQLITE_FULL;
    }
    return fault ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    if (!self(file).is_watched) {
        return of_inner(file).xTruncate(inner(file), size);
    }
    const auto fault = the_disk->next(Kind::truncate);
    if (fault == How::io) {
        return SQLITE_IOERR_TRUNCATE;
    }
    keep(file, size, size_of(file));
    const int code = of_inner(file).xTruncate(inner(file), size);
    if (code != SQLITE_OK) {
        return code;
    }
    the_disk->note({Call::What::truncate, self(file).is_log, size, {}});
    return fault ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

int sync_file(sqlite3_file* file, int flags) {
    if (!self(file).is_watched) {
        return of_inner(file).xSync(inner(file), flags);
    }
    const auto fault = the_disk->next(Kind::sync);
    if (fault == How::sync_drop) {
        forget_unsynced(file);
    }
    if (fault && fault != How::after) {
        return SQLITE_IOERR_FSYNC;
    }
    const int code = of_inner(file).xSync(inner(file), flags);
    if (code != SQLITE_OK) {
        return code;
    }
    self(file).undo->clear();
    the_disk->note({Call::What::sync, self(file).is_log, 0, {}});
    return fault ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return of_inner(file).xFileSize(inner(file), size);
}
int lock_file(sqlite3_file* file, int level) { return of_inner(file).xLock(inner(file), level); }
int unlock_file(sqlite3_file* file, int level) {
    return of_inner(file).xUnlock(inner(file), level);
}
int check_lock(sqlite3_file* file, int* out) {
    return of_inner(file).xCheckReservedLock(inner(file), out);
}
int control_file(sqlite3_file* file, int what, void* value) {
    return of_inner(file).xFileControl(inner(file), what, value);
}
int sector_size(sqlite3_file* file) { return of_inner(file).xSectorSize(inner(file)); }
int characteristics(sqlite3_file* file) {
    return of_inner(file).xDeviceCharacteristics(inner(file));
}
int map_index(sqlite3_file* file, int page, int size, int extend, volatile void** out) {
    return of_inner(file).xShmMap(inner(file), page, size, extend, out);
}
int lock_index(sqlite3_file* file, int offset, int count, int flags) {
    return of_inner(file).xShmLock(inner(file), offset, count, flags);
}
void fence_index(sqlite3_file* file) { of_inner(file).xShmBarrier(inner(file)); }
int unmap_index(sqlite3_file* file, int is_last) {
    return of_inner(file).xShmUnmap(inner(file), is_last);
}
// Mapped pages would go past the watch.
int fetch(sqlite3_file* /*file*/, sqlite3_int64 /*at*/, int /*count*/, void** out) {
    *out = nullptr;
    return SQLITE_OK;
}
int unfetch(sqlite3_file* /*file*/, sqlite3_int64 /*at*/, void* /*page*/) { return SQLITE_OK; }

const sqlite3_io_methods methods = {
    3,          close_file,  read_file,   write_file,   truncate_file, sync_file,       file_size,
    lock_file,  unlock_file, check_lock,  control_file, sector_size,   characteristics, map_index,
    lock_index, fence_index, unmap_index, fetch,        unfetch,
};

int open_file(
    sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* out_flags
) {
    auto* made = new (file) WatchedFile{};
    made->is_log = (flags & SQLITE_OPEN_WAL) != 0;
    made->is_watched = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_DB)) != 0;
    if (made->is_watched && the_disk->next(Kind::open)) {
        return SQLITE_CANTOPEN;
    }
    const int code = system_vfs->xOpen(system_vfs, name, inner(file), flags, out_flags);
    if (code == SQLITE_OK) {
        made->base.pMethods = &methods;
        made->opening = the_disk->next_opening();
        made->undo = std::make_unique<std::vector<Undo>>().release();
    }
    return code;
}

}  // namespace

WatchedDisk& WatchedDisk::install() {
    static WatchedDisk disk;
    if (the_disk != nullptr) {
        return disk;
    }
    the_disk = &disk;
    system_vfs = sqlite3_vfs_find(nullptr);
    CHECK(system_vfs != nullptr);
    static sqlite3_vfs vfs;
    vfs = *system_vfs;
    vfs.zName = "watched";
    vfs.szOsFile = static_cast<int>(sizeof(WatchedFile)) + system_vfs->szOsFile;
    vfs.xOpen = open_file;
    CHECK(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
    return disk;
}

void WatchedDisk::uninstall() {
    CHECK(system_vfs != nullptr && sqlite3_vfs_register(system_vfs, 1) == SQLITE_OK);
    the_disk = nullptr;
}

void WatchedDisk::mark(Call::What what, std::int64_t step) { note({what, false, step, {}}); }

void WatchedDisk::arm(CallFault fault) {
    fault_ = fault;
    fired_ = failed_sync_ = false;
    calls_ = 0;
    changes_since_ = 0;
}

std::optional<How> WatchedDisk::next(Kind kind) {
    const auto is_for = [&](How how) {
        switch (how) {
        case How::io: return true;
        case How::full:
        case How::cut:
        case How::cut_full: return kind == Kind::write;
        case How::after: return kind != Kind::open && kind != Kind::read;
        case How::sync_drop: return kind == Kind::sync;
        }
        return false;
    };
    if (!fault_) {
        ++calls_;
        return std::nullopt;
    }
    if (!is_for(fault_->how)) {
        return std::nullopt;
    }
    const std::int64_t call = calls_++;
    if (fault_->is_sticky ? call < fault_->call : call != fault_->call) {
        return std::nullopt;
    }
    fired_ = true;
    failed_sync_ = failed_sync_ || kind == Kind::sync;
    return fault_->how;
}

void WatchedDisk::note(Call call) {
    if (fired_ && (call.what == Call::What::write || call.what == Call::What::truncate)) {
        ++changes_since_;
    }
    if (log_ != nullptr) {
        log_->push_back(std::move(call));
    }
}

}  // namespace zt::faults
