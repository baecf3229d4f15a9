#pragma once
// Papers: what the routes of files, saved views and records work with beside the world. All
// borrowed, but for the threads.

#include "http/route.hpp"
#include "http/worker_pool.hpp"
#include "service/answers.hpp"
#include "service/files.hpp"
#include "service/saved_views.hpp"

namespace zt::http {

/// Files are cleaned and sealed by threads of their own, so that no read waits for a large picture.
inline constexpr int file_threads = 3;
inline constexpr std::size_t file_tasks_waiting_max = 64;

struct Papers {
    service::Files* files = nullptr;
    service::SavedViews* saved_views = nullptr;
    service::Answers* answers = nullptr;  ///< of questionnaires
    service::FileLimits limits;
    std::string lists_file;  ///< the view of lists, read through connections of each reader's own
    WorkerPool pool{file_threads, file_tasks_waiting_max};
};

/// Answers on a thread of the files; too many waiting is told as overloaded.
void answer_on_file_thread(World& world, const Call& call, Deliver deliver, Answering answer);

}  // namespace zt::http
