// The one place that meets yaml-cpp. Its event parser is used, not its node tree: only the events
// tell of tags, anchors and lines, and duplicate keys are still to be seen. Its exceptions end
// here.

#include "base/text.hpp"
#include "kindfile/impl/yaml_node.hpp"
#include "kindfile/yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <istream>
#include <optional>
#include <sstream>
#include <utility>

namespace zt::kindfile {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// yaml-cpp 0.7 takes a quote that is never closed for one that ends with the file, and would
/// swallow half of it silently. in: the source from the scalar on.
bool quote_is_closed(std::string_view source) {
    if (source.empty() || (source.front() != '"' && source.front() != '\'')) {
        return true;  // a block scalar
    }
    const char quote = source.front();
    for (std::size_t i = 1; i < source.size(); ++i) {
        if (quote == '"' && source[i] == '\\') {
            ++i;
        } else if (source[i] == quote) {
            if (quote == '"' || i + 1 == source.size() || source[i + 1] != quote) {
                return true;
            }
            ++i;
        }
    }
    return false;
}

/// Builds the tree from the parser's events. The first error is kept and all later events are
/// ignored: an event handler cannot stop the parser but by throwing.
class Builder final : public YAML::EventHandler {
  public:
    Builder(std::string_view source, std::shared_ptr<const std::string> file)
        : source_(source), file_(std::move(file)) {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ > 1) {
            refuse(mark, "a second document begins here; one file holds one document");
        }
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        if (plain(mark, "?", anchor)) {
            add_scalar(mark, YamlForm::null, "");
        }
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        refuse(mark, "an alias (*name) is not allowed; write the value out");
    }
    void OnScalar(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        const std::string& value
    ) override {
        if (tag == "!" && !quote_is_closed(source_.substr(
                              std::min(static_cast<std::size_t>(mark.pos), source_.size())
                          ))) {
            refuse(mark, "the quote that begins here is never closed");
        } else if (plain(mark, tag, anchor)) {
            add_scalar(mark, tag == "!" ? YamlForm::quoted : YamlForm::plain, value);
        }
    }
    void OnSequenceStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value
    ) override {
        open(mark, tag, anchor, YamlForm::list);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value
    ) override {
        open(mark, tag, anchor, YamlForm::map);
    }
    void OnMapEnd() override { close(); }

    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    [[nodiscard]] std::shared_ptr<const YamlNode> root() { return std::move(root_); }

  private:
    struct Frame {
        std::shared_ptr<YamlNode> node;
        std::optional<std::pair<std::string, int>>
            key;  ///< a key that waits for its value, and its line
    };

    void refuse(const YAML::Mark& mark, std::string detail) {
        if (!error_) {
            error_ = Error{
                Errc::bad_yaml, std::move(detail), *file_ + ":" + std::to_string(mark.line + 1)
            };
        }
    }

    bool plain(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor) {
            refuse(
                mark, "an anchor (&name) is not allowed; write the value out where it is needed"
            );
        } else if (!tag.empty() && tag != "?" && tag != "!") {
            refuse(mark, "a tag (" + tag + ") is not allowed; leave it out");
        }
        return !error_;
    }

    std::shared_ptr<YamlNode> new_node(const YAML::Mark& mark, YamlForm form) const {
        auto node = std::make_shared<YamlNode>();
        node->form = form;
        node->line = mark.line + 1;
        node->file = file_;
        if (!open_.empty()) {
            const Frame& parent = open_.back();
            node->path =
                parent.node->path + "/" +
                (parent.key ? parent.key->first : std::to_string(parent.node->children.size()));
        }
        return node;
    }

    [[nodiscard]] bool key_expected() const {
        return !open_.empty() && open_.back().node->form == YamlForm::map && !open_.back().key;
    }

    void add_scalar(const YAML::Mark& mark, YamlForm form, const std::string& value) {
        if (key_expected()) {
            add_key(mark, form, value);
            return;
        }
        auto node = new_node(mark, form);
        node->text = value;
        attach(std::move(node));
    }

    void add_key(const YAML::Mark& mark, YamlForm form, const std::string& key) {
        if (form == YamlForm::null || key.empty()) {
            refuse(mark, "a key must be a word, here it is empty");
        } else if (key == "<<" && form == YamlForm::plain) {
            refuse(mark, "a merge key (<<) is not allowed; write the keys out");
        } else {
            Frame& map = open_.back();
            const auto& children = map.node->children;
            const auto first = std::ranges::find(children, key, &YamlNode::Child::key);
            if (first != children.end()) {
                refuse(
                    mark,
                    "the key `" + key + "` stands twice in one map, first in line " +
                        std::to_string(first->key_line) + "; keep one of them"
                );
            }
            map.key = std::pair(key, mark.line + 1);
        }
    }

    void
    open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YamlForm form) {
        if (!plain(mark, tag, anchor)) {
            return;
        }
        if (key_expected()) {
            refuse(
                mark,
                "a key must be a word, here it is a map or a list; text that begins with { or [ needs quotes"
            );
        } else if (open_.size() >= static_cast<std::size_t>(yaml_depth_max)) {
            refuse(mark, "nested deeper than " + std::to_string(yaml_depth_max) + " levels");
        } else {
            open_.push_back({new_node(mark, form), std::nullopt});
        }
    }

    void close() {
        if (error_) {
            return;
        }
        auto node = std::move(open_.back().node);
        open_.pop_back();
        attach(std::move(node));
    }

    void attach(std::shared_ptr<YamlNode> node) {
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        Frame& parent = open_.back();
        auto [key, line] = parent.key.value_or(std::pair(std::string(), node->line));
        parent.node->children.push_back({std::move(key), line, std::move(node)});
        parent.key.reset();
    }

    std::string_view source_;
    std::shared_ptr<const std::string> file_;
    std::vector<Frame> open_;
    std::shared_ptr<const YamlNode> root_;
    std::optional<Error> error_;
    int documents_ = 0;
};

/// Line of the first byte that is not UTF-8 text, as far as line ends tell.
int line_of_bad_text(std::string_view text) {
    int line = 1;
    for (std::size_t begin = 0; begin < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (!is_utf8(text.substr(begin, end - begin))) {
            return line;
        }
        begin = end + 1;
    }
    return 1;
}

Result<void> check_text(std::string_view text, const std::string& file) {
    if (text.size() > yaml_bytes_max) {
        return fail(
            Errc::bad_yaml,
            "the file has " + std::to_string(text.size()) + " bytes, at most " +
                std::to_string(yaml_bytes_max) + " are read",
            file + ":1"
        );
    }
    if (!is_utf8(text)) {
        return fail(
            Errc::bad_utf8,
            "the text is not UTF-8; save the file as UTF-8",
            file + ":" + std::to_string(line_of_bad_text(text))
        );
    }
    return {};
}

/// Runs the parser over the text. What the builder refused comes before what the parser stumbled on
/// later.
Result<void> feed(Builder& builder, std::string_view text, const std::string& file) {
    std::optional<Error> thrown;
    try {
        std::istringstream in{std::string(text)};
        YAML::Parser parser(in);
        while (!builder.error() && parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& e) {
        const int line = e.mark.is_null() ? 1 : e.mark.line + 1;
        thrown = Error{Errc::bad_yaml, "not YAML: " + e.msg, file + ":" + std::to_string(line)};
    } catch (const std::exception& e) {
        thrown = Error{Errc::bad_yaml, std::string("cannot be read: ") + e.what(), file + ":1"};
    }
    if (const auto& refused = builder.error()) {
        return std::unexpected(*refused);
    }
    if (thrown) {
        return std::unexpected(*std::move(thrown));
    }
    return {};
}

}  // namespace

Result<Yaml> parse_yaml(std::string_view text, std::string file) {
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    TRY_VOID(check_text(text, file));
    const auto name = std::make_shared<const std::string>(std::move(file));
    Builder builder(text, name);
    TRY_VOID(feed(builder, text, *name));
    auto root = builder.root();
    if (!root || root->form == YamlForm::null) {
        return fail(Errc::bad_yaml, "the file is empty", *name + ":1");
    }
    return Yaml(std::move(root));
}

}  // namespace zt::kindfile
