#pragma once
// One function a command: it registers its options and says what runs (command_line.hpp).

#include "app/command_line.hpp"

namespace zt::app {

void add_admin_create(const Registration& here);
void add_admin_disable(const Registration& here);
void add_admin_enable(const Registration& here);
void add_admin_list(const Registration& here);
void add_admin_reset(const Registration& here);
void add_access_explain(const Registration& here);
void add_areas(const Registration& here);
void add_backup(const Registration& here);
void add_bulletin(const Registration& here);
void add_demo(const Registration& here);
void add_doctor(const Registration& here);
void add_due(const Registration& here);
void add_erase(const Registration& here);
void add_import(const Registration& here);
void add_init(const Registration& here);
void add_key_check(const Registration& here);
void add_key_combine(const Registration& here);
void add_key_drill(const Registration& here);
void add_key_rotate(const Registration& here);
void add_key_split(const Registration& here);
void add_openapi(const Registration& here);
void add_paper(const Registration& here);
void add_replay(const Registration& here);
void add_receipt_verify(const Registration& here);
void add_replies(const Registration& here);
void add_restore(const Registration& here);
void add_retention(const Registration& here);
void add_roots_list(const Registration& here);
void add_roots_verify(const Registration& here);
void add_scores(const Registration& here);
void add_burden(const Registration& here);
void add_serve(const Registration& here);
void add_show(const Registration& here);
void add_stats(const Registration& here);
void add_suggest(const Registration& here);
void add_topics(const Registration& here);
void add_train(const Registration& here);
void add_systems(const Registration& here);
void add_verify(const Registration& here);
void add_kinds_check(const Registration& here);
void add_kinds_explain(const Registration& here);
void add_kinds_graph(const Registration& here);
void add_kinds_rehearse(const Registration& here);
void add_kinds_test(const Registration& here);
void add_packs_check(const Registration& here);

}  // namespace zt::app
