#pragma once
// One function a command: it registers its options and says what runs (command_line.hpp).

#include "app/command_line.hpp"

namespace zt::app {

void add_backup(Registration here);
void add_bulletin(Registration here);
void add_demo(Registration here);
void add_doctor(Registration here);
void add_due(Registration here);
void add_erase(Registration here);
void add_import(Registration here);
void add_init(Registration here);
void add_replay(Registration here);
void add_restore(Registration here);
void add_show(Registration here);
void add_stats(Registration here);
void add_verify(Registration here);
void add_kinds_check(Registration here);
void add_kinds_explain(Registration here);
void add_kinds_graph(Registration here);
void add_kinds_test(Registration here);

}  // namespace zt::app
