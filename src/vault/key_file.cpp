#include "vault/key_file.hpp"

#include "base/check.hpp"
#include "base/hash.hpp"
#include "vault/impl/box.hpp"

#include <sodium.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace zt::vault {
namespace {

constexpr std::string_view heading = "zhitong-key-1 ";
constexpr std::size_t key_digits = Secret::size * 2;
constexpr std::size_t check_digits = 8;
constexpr std::size_t line_bytes = heading.size() + key_digits + 1 + check_digits;
constexpr std::size_t read_bytes_max = 256;  // a key file has 88 bytes; more is something else

/// The line in memory, wiped when it goes.
struct Line {
    std::array<char, read_bytes_max> bytes{};
    std::size_t size = 0;

    Line() = default;
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line() { sodium_memzero(bytes.data(), bytes.size()); }
    [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};

/// A descriptor, closed when it goes.
class File {
  public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    [[nodiscard]] int get() const { return descriptor_; }

  private:
    int descriptor_;
};

void write_line(Line& line, const Secret& secret);
Result<void> write_durably(const std::string& path, const File& file, std::string_view text);
Result<void> sync_folder_of(const std::string& path);
Result<void> read_line(const std::string& path, Line& line);
Result<Secret> read_secret(const std::string& path, std::string_view line);
std::string check_of(std::string_view digits);
std::unexpected<Error> io_error(const std::string& path, const char* what);

}  // namespace

Result<MasterKey> create_key_file(const std::string& path, Random& random) {
    const MasterKey key = MasterKey::make(random);
    TRY_VOID(write_key_file(path, key));
    return key;
}

Result<void> write_key_file(const std::string& path, const MasterKey& key) {
    impl::start_sodium();
    constexpr mode_t owner_only = S_IRUSR | S_IWUSR;
    const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only));
    if (file.get() < 0 && errno == EEXIST) {
        return fail(
            Errc::already_initialised,
            "a key file stands here already and is never overwritten: whatever was sealed under it would be lost; move "
            "it away if no data directory needs it, or name another with --key FILE",
            path
        );
    }
    if (file.get() < 0) {
        return io_error(path, "the key file cannot be made");
    }
    Line line;
    write_line(line, key.secret());
    Result<void> written = write_durably(path, file, line.view());
    if (!written) {
        ::unlink(path.c_str());
    }
    return written;
}

std::string next_key_file(const std::string& path) { return path + ".next"; }

Result<MasterKey> create_next_key_file(const std::string& path, Random& random) {
    const std::string next = next_key_file(path);
    auto left = load_key_file(next, {});
    if (left) {
        return left;
    }
    if (::unlink(next.c_str()) != 0 && errno != ENOENT) {
        return io_error(next, "the unfinished key file cannot be taken away");
    }
    return create_key_file(next, random);
}

Result<void> put_next_key_file_in_place(const std::string& path) {
    const std::string next = next_key_file(path);
    if (::access(next.c_str(), F_OK) != 0) {
        return {};
    }
    const File old(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (old.get() < 0 && errno != ENOENT) {
        return io_error(path, "the old key file cannot be overwritten");
    }
    if (old.get() >= 0) {
        TRY_VOID(write_durably(path, old, std::string(line_bytes + 1, '0')));
    }
    if (::rename(next.c_str(), path.c_str()) != 0) {
        return io_error(path, "the next key file cannot be put in place");
    }
    return sync_folder_of(path);
}

Result<MasterKey> load_key_file(const std::string& path, std::string_view check_value) {
    impl::start_sodium();
    Line line;
    TRY_VOID(read_line(path, line));
    TRY(const Secret secret, read_secret(path, line.view()));
    MasterKey master(secret);
    if (!check_value.empty()) {
        const Result<void> checked = master.check(check_value);
        if (!checked) {
            return fail(checked.error().code, checked.error().detail, path);
        }
    }
    return master;
}

namespace {

void write_line(Line& line, const Secret& secret) {
    heading.copy(line.bytes.data(), heading.size());
    char* const digits = line.bytes.data() + heading.size();
    sodium_bin2hex(digits, key_digits + 1, secret.data(), Secret::size);
    const std::string check = ' ' + check_of({digits, key_digits}) + '\n';
    check.copy(digits + key_digits, check.size());
    line.size = line_bytes + 1;
}

Result<void> write_durably(const std::string& path, const File& file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file.get(), text.data(), text.size());
        if (written < 0 && errno != EINTR) {
            return io_error(path, "the key file cannot be written");
        }
        text.remove_prefix(static_cast<std::size_t>(written < 0 ? 0 : written));
    }
    if (::fsync(file.get()) != 0) {
        return io_error(path, "the key file cannot be written");
    }
    return sync_folder_of(path);
}

/// A new name is durable only when its folder is.
Result<void> sync_folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.get() < 0 || ::fsync(file.get()) != 0) {
        return io_error(path, "the folder of the key file cannot be synced");
    }
    return {};
}

Result<void> read_line(const std::string& path, Line& line) {
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) {
        const bool missing = errno == ENOENT || errno == ENOTDIR;
        const std::string reason =
            missing ? "there is no key file here"
                    : "the key file cannot be read: " + std::generic_category().message(errno);
        return fail(
            Errc::key_missing, reason + "; name the one that `init` made with --key FILE", path
        );
    }
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) {
        return io_error(path, "the key file cannot be read");
    }
    if (S_ISREG(status.st_mode) && (status.st_mode & S_IRWXO) != 0) {
        return fail(
            Errc::key_wrong,
            "everybody on this machine may read the key file; run: chmod 600 " + path,
            path
        );
    }
    while (line.size < line.bytes.size()) {
        const ssize_t count =
            ::read(file.get(), line.bytes.data() + line.size, line.bytes.size() - line.size);
        if (count < 0 && errno != EINTR) {
            return io_error(path, "the key file cannot be read");
        }
        if (count == 0) {
            break;
        }
        line.size += static_cast<std::size_t>(count < 0 ? 0 : count);
    }
    return {};
}

Result<Secret> read_secret(const std::string& path, std::string_view line) {
    while (line.ends_with('\n') || line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    if (!line.starts_with(heading)) {
        return fail(
            Errc::key_wrong,
            "this is no key file: it does not begin with `zhitong-key-1`; name the one that `init` "
            "made with --key FILE",
            path
        );
    }
    Secret secret;
    std::size_t decoded = 0;
    const bool whole = line.size() == line_bytes;
    const std::string_view digits = line.substr(heading.size(), key_digits);
    if (!whole || line[heading.size() + key_digits] != ' ' || !line.ends_with(check_of(digits)) ||
        sodium_hex2bin(
            secret.data(), Secret::size, digits.data(), digits.size(), nullptr, &decoded, nullptr
        ) != 0 ||
        decoded != Secret::size) {
        return fail(
            Errc::key_wrong,
            "the key file is incomplete or was altered (its check digits do not agree); put its "
            "backup in its place",
            path
        );
    }
    return secret;
}

std::string check_of(std::string_view digits) {
    const std::array parts = {heading, digits};
    return to_hex(hash_of(HashAlgorithm::sha256, parts)).substr(0, check_digits);
}

std::unexpected<Error> io_error(const std::string& path, const char* what) {
    const int number = errno;
    const Errc code = number == ENOSPC || number == EDQUOT ? Errc::disk_full : Errc::io_failed;
    return fail(code, std::string(what) + ": " + std::generic_category().message(number), path);
}

}  // namespace
}  // namespace zt::vault
