#pragma once
// What takes longer than a frame may: made once and kept as long as what it was made from.
#include <memory>
#include <string>
#include <string_view>
#include <typeindex>
#include <unordered_map>

namespace awaitscope::view {

/// Keeps the last value of each type, for readers of a const value.
class Memo {
 public:
  /// The T that belongs to the key: what was made for it before, else what `make` returns.  Valid until the T of another key is
  /// asked for.
  template <class T, class Make>
  const T& of(std::string_view key, Make&& make) const {
    Kept& kept = kept_[typeid(T)];
    if (!kept.value || kept.key != key) {
      kept.value = std::make_shared<const T>(make());
      kept.key = key;
    }
    return *static_cast<const T*>(kept.value.get());
  }
  void forget() { kept_.clear(); }

 private:
  struct Kept {
    std::string key;
    std::shared_ptr<const void> value;
  };
  mutable std::unordered_map<std::type_index, Kept> kept_;
};

}  // namespace awaitscope::view
