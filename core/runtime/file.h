#pragma once
// Files of a simulated disk, read the plain way: the thread that reads stands still.
#include <algorithm>
#include <string>

#include "core/runtime/sleep.h"

namespace awaitscope::runtime {

/// What a disk is like.
class Disk {
 public:
  /// The least that a read takes, and how many bytes come in a second.
  Disk(Duration call, double bytes_per_second) : call_(call), rate_(bytes_per_second) {}
  /// What every read waits before its first byte: a network disk's way.
  Disk& latency(Duration d) {
    latency_ = d;
    return *this;
  }

 private:
  friend class File;
  Duration call_, latency_{};
  double rate_;
};

class File {
 public:
  File(const Disk& disk, std::string name, double bytes)
      : name_(std::move(name)),
        bytes_(bytes),
        takes_(disk.latency_ + std::max(disk.call_, Duration{static_cast<std::int64_t>(bytes / disk.rate_ * 1e9 + 0.5)})) {}
  const std::string& name() const { return name_; }
  double size() const { return bytes_; }
  /// Reads all of it.
  void read(Place at = Place::current()) const { block_for(takes_, "read " + name_, at); }

 private:
  std::string name_;
  double bytes_;
  Duration takes_;
};

}  // namespace awaitscope::runtime
