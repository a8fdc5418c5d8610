#pragma once
// Independent pieces of work on several threads.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace bylaw::runner {

/// As many threads as the machine runs at once, or `wanted`; never more than there is work.
inline std::size_t worker_count(std::size_t wanted, std::size_t work) {
  const std::size_t machine = std::max<std::size_t>(1, std::thread::hardware_concurrency());
  return std::clamp<std::size_t>(wanted == 0 ? machine : wanted, 1, std::max<std::size_t>(1, work));
}

/// Calls `work(index, worker)` for each index below `count`. Indices are taken in order; what a call throws is thrown
/// here once all threads have ended.
template <class Work>
void in_parallel(std::size_t count, std::size_t workers, Work work) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr thrown;
  std::mutex mutex;
  const auto take = [&](std::size_t worker) {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i, worker);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!thrown) thrown = std::current_exception();
      next = count;
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t worker = 1; worker < workers; ++worker) threads.emplace_back(take, worker);
  take(0);
  for (std::thread& thread : threads) thread.join();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace bylaw::runner
