#include "app/import/line_reader.hpp"

#include <algorithm>
#include <iterator>

namespace zt::app {

namespace {

constexpr std::size_t part_bytes = 128U << 10U;

}  // namespace

Result<LineReader> LineReader::open(const std::string& path) {
    TRY(auto source, ByteSource::open(path));
    LineReader reader(std::move(source));
    TRY_VOID(reader.look_at_mark(path));
    return reader;
}

Result<void> LineReader::look_at_mark(const std::string& path) {
    TRY(const bool is_any, load());
    ignore(is_any, "an empty file has no rows");
    if (buffer_.starts_with("\xFF\xFE") || buffer_.starts_with("\xFE\xFF")) {
        return fail(Errc::bad_encoding, "is UTF-16; save it as UTF-8", path);
    }
    if (buffer_.starts_with("\xEF\xBB\xBF")) {
        from_ = 3;
        decoder_.set_encoding(Encoding::utf8);
    }
    return {};
}

Result<bool> LineReader::load() {
    if (is_at_end_) {
        return false;
    }
    buffer_.erase(0, from_);
    from_ = 0;
    const std::size_t old = buffer_.size();
    buffer_.resize(old + part_bytes);
    TRY(const std::size_t count, source_.read(std::span(buffer_).subspan(old)));
    buffer_.resize(old + count);
    is_at_end_ = count == 0;
    is_foreign_ =
        is_foreign_ ||
        std::any_of(buffer_.begin() + static_cast<std::ptrdiff_t>(old), buffer_.end(), [](char c) {
            return static_cast<unsigned char>(c) >= 0x80;
        });
    if (is_foreign_ && decoder_.encoding() == Encoding::undecided) {
        decoder_.set_encoding(detect_encoding(buffer_));
    }
    return count > 0;
}

Result<std::optional<Line>> LineReader::next() {
    if (!waiting_.empty()) {
        Line line = std::move(waiting_.front());
        waiting_.pop_front();
        return std::optional(std::move(line));
    }
    return cut();
}

Result<std::optional<Line>> LineReader::cut() {
    Line line;
    std::size_t looked_at = from_;
    for (;;) {
        const std::size_t end = buffer_.find('\n', looked_at);
        if (end != std::string::npos) {
            line.bytes.append(buffer_, from_, end - from_);
            line.end = "\n";
            from_ = end + 1;
            break;
        }
        // What is already longer than any row is thrown away piece by piece, up to its end.
        if (buffer_.size() - from_ > line_bytes_max) {
            line.bytes.append(buffer_, from_, line.is_too_long ? 0 : line_bytes_max);
            line.is_too_long = true;
            from_ = buffer_.size();
        }
        const std::size_t known = buffer_.size() - from_;
        TRY(const bool is_more, load());
        looked_at = from_ + known;
        if (!is_more) {
            line.bytes.append(buffer_, from_, line.is_too_long ? 0 : std::string::npos);
            from_ = buffer_.size();
            if (line.bytes.empty() && !line.is_too_long) {
                return std::optional<Line>{};
            }
            break;
        }
    }
    if (line.is_too_long) {
        line.bytes.resize(std::min(line.bytes.size(), line_bytes_max));
    } else if (line.bytes.ends_with('\r')) {
        line.bytes.pop_back();
        line.end.insert(0, "\r");
    }
    line.is_too_long = line.is_too_long || line.bytes.size() > line_bytes_max;
    line.number = ++number_;
    return std::optional(std::move(line));
}

void LineReader::put_back(std::vector<Line> lines) {
    waiting_.insert(
        waiting_.begin(),
        std::make_move_iterator(lines.begin()),
        std::make_move_iterator(lines.end())
    );
}

}  // namespace zt::app
