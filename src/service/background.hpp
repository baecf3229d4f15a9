#pragma once
// Threads that nobody waits for: following views, messages out.

namespace zt::service {

/// From here on the calling thread leaves the processor to those that answer people, where both
/// want it: about a tenth of a share each. threads: its own only (Linux keeps the nice value by
/// thread).
void give_way();

}  // namespace zt::service
