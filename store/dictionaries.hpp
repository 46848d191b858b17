// zstd dictionaries of page bodies: what the pages of one host have in common, trained on some of them. A
// body names the dictionary that it was packed with by its number, so every one is kept as long as the
// archive. Rows of the family `dictionaries`; see schema.hpp. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

struct ZSTD_CDict_s;
struct ZSTD_DDict_s;

namespace boardwalk::store {

inline constexpr int kPackingLevel = 4;  // of zstd
// Bytes of a dictionary at most: as they serve a page best, and where many hosts share the memory. Held ready
// to pack with, either takes three quarters of a megabyte more, of tables.
inline constexpr std::size_t kLargeDictionary = std::size_t{512} << 10;
inline constexpr std::size_t kSmallDictionary = std::size_t{64} << 10;

class Dictionary {
 public:
  Dictionary(int number, std::string data);
  ~Dictionary();
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] std::size_t bytes() const { return data_.size(); }
  [[nodiscard]] const ZSTD_CDict_s* to_pack() const;
  // Brings what packing looks up, here and there, into the processor's cache in one sweep: worth it before
  // pages are packed of some 100 KB together.
  void warm() const;
  [[nodiscard]] const ZSTD_DDict_s* to_unpack() const { return unpacking_; }

 private:
  int number_;
  std::string data_;
  ZSTD_DDict_s* unpacking_;
  mutable std::once_flag made_;
  mutable std::vector<std::uint64_t> tables_;      // made when first asked for: readers need none
  mutable const ZSTD_CDict_s* packing_ = nullptr;  // in them
};
using DictionaryPtr = std::shared_ptr<const Dictionary>;

// What one row says beside the dictionary's own bytes.
struct DictionaryHead {
  int number = 0;
  std::string site;
  std::vector<std::string> samples;  // digests of the bodies that it was trained on, 32 bytes each
};

// The dictionaries of one open archive; the last kMostRead that were asked for are kept.
class Dictionaries {
 public:
  explicit Dictionaries(const Database& database) : database_(database) {}

  // kDamaged when there is none of that number.
  [[nodiscard]] Result<DictionaryPtr> find(int number) const;

 private:
  static constexpr std::size_t kMostRead = 64;

  const Database& database_;
  mutable std::mutex mutex_;
  mutable std::list<DictionaryPtr> read_;  // the one asked for last in front
};

// All that are held, by number.
[[nodiscard]] Result<std::vector<DictionaryHead>> dictionary_heads(const Database& database);

// What zstd makes of the samples, `most` bytes of it; empty when they are too few or too much alike to tell.
[[nodiscard]] std::string train_dictionary(const std::vector<std::string>& samples,
                                           std::size_t most = kLargeDictionary);

// `head.number` is the row's key.
void put_dictionary(Batch& batch, const DictionaryHead& head, const std::string& data);
void erase_dictionary(Batch& batch, int number);

}  // namespace boardwalk::store
