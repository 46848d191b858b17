// Puts page bodies into the archive, packed with the newest dictionary of their host. A host gets its first
// dictionary after kFirstTraining pages and a second one, which has seen more kinds of pages, after
// kSecondTraining; each is trained on a thread of its own while pages go on being put with what there is.
// The pages that were put before the first one are then packed with it, too. Hosts that come when the others'
// dictionaries take kLargeTogether get small ones. Not thread-safe: used by whoever commits.
#pragma once

#include <future>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/bodies.hpp"
#include "store/database.hpp"
#include "store/dictionaries.hpp"

namespace boardwalk::store {

inline constexpr std::size_t kFirstTraining = 64;
inline constexpr std::size_t kSecondTraining = 600;
inline constexpr std::size_t kSamples = 96;  // pages that either is trained on at most
inline constexpr std::size_t kLargeTogether = std::size_t{8} << 20;  // bytes

class BodyWriter {
 public:
  explicit BodyWriter(Database& database, std::size_t large_together = kLargeTogether)
      : database_(database), large_together_(large_together) {}
  ~BodyWriter() = default;  // waits for a training under way, and drops it: a later run trains again

  // As put_body. A dictionary that has become ready is committed at once, on its own. `packed` is the body's
  // where another thread has made it, with what dictionary() gave.
  [[nodiscard]] Result<void> put(Batch& batch, const std::string& site, std::string_view sha256_hex,
                                 std::string_view body, PackedBody packed = {});

  // The newest of the host; null when there is none yet.
  [[nodiscard]] Result<DictionaryPtr> dictionary(const std::string& site);

  // Waits for a training under way and commits its dictionary.
  [[nodiscard]] Result<void> settle();

 private:
  struct Host {
    DictionaryPtr dictionary;          // the newest; none yet
    int trained = 0;                   // dictionaries there are
    std::size_t pages = 0;             // bodies held, as far as they matter
    std::vector<std::string> digests;  // of the last kSamples of them, in a ring
    std::vector<std::string> plain;    // of those that were put before there was a dictionary
  };
  struct Training {
    std::string site;
    std::vector<std::string> samples;
    std::future<std::string> data;
  };

  [[nodiscard]] Result<void> load_numbers();
  [[nodiscard]] Result<Host*> host_of(const std::string& site);
  [[nodiscard]] Result<void> count(const std::string& site, Host& host);
  [[nodiscard]] Result<void> pack_again(Host& host);
  static void note(Host& host, const std::string& digest);
  void begin_training(const std::string& site, const Host& host);
  [[nodiscard]] Result<void> take_trained();
  [[nodiscard]] std::size_t next_size() const;

  Database& database_;
  std::size_t large_together_;
  // Of the dictionaries that were held when the first body came, by site; and the last of all.
  std::optional<std::map<std::string, std::vector<int>>> numbers_;
  int last_number_ = 0;
  std::map<std::string, Host> hosts_;
  std::optional<Training> training_;  // one at a time
};

}  // namespace boardwalk::store
