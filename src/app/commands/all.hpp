#pragma once
// One function a command: it registers its options and says what runs (command_line.hpp).

#include "app/command_line.hpp"

namespace zt::app {

void add_admin_create(Registration here);
void add_admin_disable(Registration here);
void add_admin_enable(Registration here);
void add_admin_list(Registration here);
void add_admin_reset(Registration here);
void add_access_explain(Registration here);
void add_areas(Registration here);
void add_backup(Registration here);
void add_bulletin(Registration here);
void add_demo(Registration here);
void add_doctor(Registration here);
void add_due(Registration here);
void add_erase(Registration here);
void add_import(Registration here);
void add_init(Registration here);
void add_key_check(Registration here);
void add_key_combine(Registration here);
void add_key_drill(Registration here);
void add_key_rotate(Registration here);
void add_key_split(Registration here);
void add_openapi(Registration here);
void add_replay(Registration here);
void add_restore(Registration here);
void add_retention(Registration here);
void add_scores(Registration here);
void add_serve(Registration here);
void add_show(Registration here);
void add_stats(Registration here);
void add_verify(Registration here);
void add_kinds_check(Registration here);
void add_kinds_explain(Registration here);
void add_kinds_graph(Registration here);
void add_kinds_rehearse(Registration here);
void add_kinds_test(Registration here);
void add_packs_check(Registration here);

}  // namespace zt::app
