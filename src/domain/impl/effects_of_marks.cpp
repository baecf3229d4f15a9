#include "domain/impl/effects_of_marks.hpp"

namespace zt {

Result<void> ask_second(Frame& frame, const EffectArgs& args) {
    frame.mark(args.front());
    frame.emit(FieldSet{args.front() + "_person", frame.command->actor.person.value});
    frame.emit(FieldSet{args.front() + "_post", frame.post.value});
    return {};
}

Result<void> mark_effect(Frame& frame, const EffectArgs& args) {
    frame.mark(args.front());
    return {};
}

Result<void> mark_by(Frame& frame, const EffectArgs& args) {
    frame.mark(mark_by_name(frame, args));
    return {};
}

Result<void> unmark(Frame& frame, const EffectArgs& args) {
    frame.emit(Marked{args.front(), 0, 0});
    return {};
}

}  // namespace zt
