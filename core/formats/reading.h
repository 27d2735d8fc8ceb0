#pragma once
// A large file takes a while: how far its reading is, and a way to end it.
#include <atomic>
#include <cstdint>

namespace awaitscope {

/// Shared by the thread that reads and one that looks on.  Readers report where they are and stop early once they are asked
/// to; what they give then is of no use.
class Reading {
 public:
  void stop() { stopped_.store(true, std::memory_order_relaxed); }
  bool stopped() const { return stopped_.load(std::memory_order_relaxed); }
  /// From 0 to 1; at 1 all bytes have been understood.
  double share() const { return share_.load(std::memory_order_relaxed); }
  std::uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

  void size(std::uint64_t bytes) { bytes_.store(bytes, std::memory_order_relaxed); }
  void at(double share) { share_.store(share, std::memory_order_relaxed); }

 private:
  std::atomic<bool> stopped_{false};
  std::atomic<double> share_{0};
  std::atomic<std::uint64_t> bytes_{0};  ///< of the file
};

/// A part of a reading, as a loop reports it: from `begin` to `end` of the whole.  Without a reading it does nothing.
struct Stretch {
  Reading* reading = nullptr;
  double begin = 0, end = 1;

  /// `done` of `of`; true if the loop shall end.
  bool stops(std::uint64_t done, std::uint64_t of) const {
    if (!reading) return false;
    reading->at(begin + (end - begin) * static_cast<double>(done) / static_cast<double>(of ? of : 1));
    return reading->stopped();
  }
};

}  // namespace awaitscope
