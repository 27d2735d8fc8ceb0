#pragma once
// Memory for coroutine frames and futures: free lists by size class, one pool a thread, no locks.
// GCC never elides a coroutine's allocation, so this is the price of every await; under ASan the pool steps aside.
#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>

namespace awaitscope::runtime {

class FramePool {
 public:
  FramePool() = default;
  FramePool(const FramePool&) = delete;
  FramePool& operator=(const FramePool&) = delete;
  ~FramePool() {
    for (Slab* slab = slabs_; slab;) std::free(std::exchange(slab, slab->next));
  }

  void* get(std::size_t bytes) {
    const std::size_t size_class = (bytes + 31) / 32;
    if (!pooled || size_class >= classes) return ::operator new(bytes);
    if (Free* free = free_[size_class]) {
      free_[size_class] = free->next;
      return free;
    }
    return fresh(size_class * 32);
  }
  void put(void* memory, std::size_t bytes) noexcept {
    const std::size_t size_class = (bytes + 31) / 32;
    if (!pooled || size_class >= classes) return ::operator delete(memory);
    free_[size_class] = new (memory) Free{free_[size_class]};
  }

 private:
  struct Free {
    Free* next;
  };
  struct alignas(32) Slab {
    Slab* next;
  };
  static constexpr std::size_t classes = 64, slab_bytes = 256 * 1024;
#if defined(__SANITIZE_ADDRESS__)
  static constexpr bool pooled = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
  static constexpr bool pooled = false;
#else
  static constexpr bool pooled = true;
#endif
#else
  static constexpr bool pooled = true;
#endif

  void* fresh(std::size_t bytes) {
    if (static_cast<std::size_t>(end_ - at_) < bytes) {
      auto* slab = static_cast<Slab*>(std::aligned_alloc(32, slab_bytes));
      if (!slab) throw std::bad_alloc();
      slab->next = slabs_;
      slabs_ = slab;
      at_ = reinterpret_cast<char*>(slab + 1);
      end_ = reinterpret_cast<char*>(slab) + slab_bytes;
    }
    return std::exchange(at_, at_ + bytes);
  }

  Free* free_[classes] = {};
  Slab* slabs_ = nullptr;
  char* at_ = nullptr;
  char* end_ = nullptr;
};

class Loop;
class Job;

/// The one thread_local of the project: which loop runs on this thread, or which call of a worker, and the memory that its
/// frames come from.
struct ThreadState {
  Loop* loop = nullptr;
  Job* job = nullptr;
  FramePool* pool = nullptr;

  FramePool& frames() {
    if (!pool) [[unlikely]]
      pool = &make_pool();
    return *pool;
  }
  static FramePool& make_pool();
};
inline constinit thread_local ThreadState thread_state;
inline ThreadState& this_thread() noexcept { return thread_state; }

/// Base of everything that a queue, a handle or an awaiter may refer to: counted by hand, on one thread, from the pool.
class Counted {
 public:
  Counted() = default;
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  void keep() noexcept { ++references_; }
  void drop() noexcept {
    if (--references_ == 0) delete this;
  }
  static void* operator new(std::size_t bytes) { return this_thread().frames().get(bytes); }
  static void operator delete(void* memory, std::size_t bytes) noexcept { this_thread().frames().put(memory, bytes); }

 protected:
  virtual ~Counted() = default;

 private:
  std::size_t references_ = 0;
};

/// An owner's share of a Counted.
template <class T>
class Ref {
 public:
  Ref() = default;
  Ref(T* object) noexcept : object_(object) {
    if (object_) object_->keep();
  }
  Ref(const Ref& other) noexcept : Ref(other.object_) {}
  Ref(Ref&& other) noexcept : object_(other.object_) { other.object_ = nullptr; }
  template <class U>
  Ref(const Ref<U>& other) noexcept : Ref(other.get()) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Ref() {
    if (object_) object_->drop();
  }
  T* get() const noexcept { return object_; }
  T& operator*() const noexcept { return *object_; }
  T* operator->() const noexcept { return object_; }
  explicit operator bool() const noexcept { return object_ != nullptr; }

 private:
  T* object_ = nullptr;
};

}  // namespace awaitscope::runtime
