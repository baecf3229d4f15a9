#pragma once
// A place of the story with an outbox and a courier, on a clock that the test moves.

#include "build/story.hpp"
#include "connect/courier.hpp"
#include "receiver.hpp"
#include "service/sealed_texts.hpp"
#include "texts.hpp"
#include "views/outbox.hpp"

#include <gtest/gtest.h>

namespace zt::connect {

class ManualClock final : public WallClock {
  public:
    explicit ManualClock(UtcMs now) : now_(now) {}
    [[nodiscard]] UtcMs now() const override { return now_; }
    void move_to(UtcMs now) { now_ = now; }

  private:
    UtcMs now_;
};

inline constexpr const char* shared_secret = "0123456789abcdef0123456789abcdef";

class PostOffice {
  public:
    explicit PostOffice(const std::string& gateway = {}) : clock_(story.now()) {
        auto opened = views::Outbox::open(":memory:");
        EXPECT_TRUE(opened.has_value());
        outbox = *std::move(opened);
        channels.place = "小县";
        channels.outgoing.allows_private = true;
        if (!gateway.empty()) {
            Webhook sms;
            sms.url = gateway;
            sms.secret = shared_secret;
            sms.body = R"({"to":"{to}","text":"{text}","effect":"{effect}"})";
            channels.sms = sms;
            channels.chat = sms;
        }
    }

    void open() {
        EXPECT_TRUE(check(channels).has_value());
        auto opened = Courier::open(parts(), rules(), channels, doors());
        ASSERT_TRUE(opened.has_value()) << to_string(opened.error());
        courier = *std::move(opened);
    }
    /// Everything that is due by the story's time, and what becomes due by it.
    void deliver() { deliver_until(story.now()); }
    void deliver_until(UtcMs until) {
        if (!courier) {
            open();
        }
        while (true) {
            const auto followed = courier->follow();
            ASSERT_TRUE(followed.has_value()) << to_string(followed.error());
            const auto sent = courier->send();
            ASSERT_TRUE(sent.has_value()) << to_string(sent.error());
            if (*followed || *sent > 0) {
                continue;
            }
            const auto next = outbox->next_due();
            ASSERT_TRUE(next.has_value());
            if (!*next || **next > until) {
                break;
            }
            clock_.move_to(std::max(clock_.now(), **next));
        }
        clock_.move_to(std::max(clock_.now(), until));
    }
    /// Without moving the clock: one look at the ledger and one at the outbox.
    void look() {
        if (!courier) {
            open();
        }
        clock_.move_to(std::max(clock_.now(), story.now()));
        while (courier->follow().value_or(false)) {
        }
        EXPECT_TRUE(courier->send().has_value());
    }

    [[nodiscard]] CourierParts parts() { return {&story.store(), outbox.get(), &clock_, &random_}; }
    [[nodiscard]] service::SharedRules rules() {
        return std::make_shared<const service::Rules>(story.ledger().rules());
    }
    [[nodiscard]] Doors doors() {
        Doors out;
        out.texts = [this](std::string_view key) {
            const auto found = texts_.find(key);
            return found == texts_.end() ? std::string(key) : found->second;
        };
        out.open_texts = [this](const Event& event) {
            return service::open_texts(story.store(), story.ledger().key(), event);
        };
        out.submit = [this](const Submit& submit) {
            return story.ledger().submit(submit, std::max(clock_.now(), story.now()));
        };
        return out;
    }
    [[nodiscard]] PersonId holder(std::string_view org_and_post) {
        return story.ledger().directory().post(story.post(org_and_post))->holder;
    }
    [[nodiscard]] std::int64_t count(views::MessageState state) {
        return outbox->counts()->at(static_cast<std::size_t>(state));
    }
    [[nodiscard]] std::vector<views::Message> all(views::MessageState state) {
        return outbox->page(state, {}, views::outbox_page_max)->messages;
    }
    [[nodiscard]] ManualClock& clock() { return clock_; }

    build::Story story;
    std::unique_ptr<views::Outbox> outbox;
    Channels channels;
    std::unique_ptr<Courier> courier;

  private:
    ManualClock clock_;
    SeededRandom random_{3};
    std::map<std::string, std::string, std::less<>> texts_ = shipped_texts();
};

}  // namespace zt::connect
