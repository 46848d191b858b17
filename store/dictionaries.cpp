#include "store/dictionaries.hpp"

#include <fmt/format.h>
#define ZDICT_STATIC_LINKING_ONLY  // its fast trainer
#include <zdict.h>
#define ZSTD_STATIC_LINKING_ONLY  // tables of a size of our own
#include <zstd.h>

#include <algorithm>
#include <new>
#include <numeric>
#include <utility>

#include "store/damage.hpp"
#include "store/packed.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kShare = 18;      // of the samples' bytes, one in so many is kept
constexpr unsigned kPieceBytes = 2000;  // of the samples that a dictionary is put together from
constexpr unsigned kFewestBytes = 513;  // of what is packed, as zstd takes it where it does not know
// Of the rows of a dictionary's hash tables, at most: of eight bytes each, and of a few.
constexpr unsigned kLongTableLog = 17, kShortTableLog = 16;

struct DictionaryRow {
  std::string site;
  std::vector<std::string> samples;
  std::string data;
};

template <typename Archive, typename Row>
void fields(Archive& archive, Row& row) {
  archive(row.site);
  archive(row.samples);
  archive(row.data);
}

std::optional<DictionaryRow> parse(std::string_view value) {
  auto row = unpack<DictionaryRow>(value);
  if (!row || row->data.empty()) return std::nullopt;
  for (const auto& sample : row->samples)
    if (sample.size() != kDigestBytes) return std::nullopt;
  return row;
}

std::string name_of(int number) { return fmt::format("dictionary {}", number); }

}  // namespace

Dictionary::Dictionary(int number, std::string data)
    : number_(number),
      data_(std::move(data)),
      unpacking_(ZSTD_createDDict_byReference(data_.data(), data_.size())) {
  if (unpacking_ == nullptr) throw std::bad_alloc();
}

Dictionary::~Dictionary() { ZSTD_freeDDict(unpacking_); }

const ZSTD_CDict_s* Dictionary::to_pack() const {
  std::call_once(made_, [this] {
    // Both tables, three quarters of a megabyte together, stay in a processor's cache while pages are packed
    // one behind another; zstd's own, two megabytes, find one match more in a hundred and take longer. The
    // level is that of a large dictionary whatever the size: of one of 128 to 256 KiB zstd would look for
    // matches more than twice as long, and save one byte in twenty.
    ZSTD_compressionParameters how = ZSTD_getCParams(kPackingLevel, 0, kLargeDictionary);
    how.hashLog = std::min(how.hashLog, kLongTableLog);
    how.chainLog = std::min(how.chainLog, kShortTableLog);
    how = ZSTD_adjustCParams(how, kFewestBytes, data_.size());  // tables of a very small one are smaller
    tables_.resize(ZSTD_estimateCDictSize_advanced(data_.size(), how, ZSTD_dlm_byRef) / sizeof tables_[0] +
                   1);
    packing_ = ZSTD_initStaticCDict(tables_.data(), tables_.size() * sizeof tables_[0], data_.data(),
                                    data_.size(), ZSTD_dlm_byRef, ZSTD_dct_auto, how);
    if (packing_ == nullptr) throw std::bad_alloc();
  });
  return packing_;
}

void Dictionary::warm() const {
  constexpr std::size_t kLine = 64 / sizeof tables_[0];
  (void)to_pack();
  for (std::size_t at = 0; at < tables_.size(); at += kLine) __builtin_prefetch(&tables_[at]);
}

Result<DictionaryPtr> Dictionaries::find(int number) const {
  const std::lock_guard lock(mutex_);
  const auto held = std::find_if(read_.begin(), read_.end(),
                                 [number](const DictionaryPtr& read) { return read->number() == number; });
  if (held != read_.end()) {
    read_.splice(read_.begin(), read_, held);
    return read_.front();
  }
  const auto value = database_.get(Family::kDictionaries, dictionary_key(number));
  if (!value) return tl::unexpected(value.error());
  auto row = *value ? parse(**value) : std::nullopt;
  if (!row) return damaged_row("dictionaries", name_of(number));
  if (read_.size() == kMostRead) read_.pop_back();
  return read_.emplace_front(std::make_shared<Dictionary>(number, std::move(row->data)));
}

Result<std::vector<DictionaryHead>> dictionary_heads(const Database& database) {
  std::vector<DictionaryHead> heads;
  std::optional<std::string> damaged;
  auto scanned =
      database.scan(Family::kDictionaries, "", "", [&](std::string_view key, std::string_view value) {
        const int number = parse_dictionary_key(key);
        auto row = parse(value);
        if (!row || number < 1) damaged = name_of(number);
        if (!damaged) heads.push_back({number, std::move(row->site), std::move(row->samples)});
        return !damaged;
      });
  if (!scanned) return tl::unexpected(scanned.error());
  if (damaged) return damaged_row("dictionaries", *damaged);
  return heads;
}

std::string train_dictionary(const std::vector<std::string>& samples, std::size_t most) {
  std::vector<std::size_t> sizes;
  for (const auto& sample : samples) sizes.push_back(sample.size());
  std::string joined;
  joined.reserve(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}));
  for (const auto& sample : samples) joined += sample;
  // Long pieces, one pass in place of the dozens in which zstd would look for the best length, counters that
  // stay within a processor's cache, and what occurs often told from one place in ten: measured over forum
  // pages, they pack as well but for a few bytes in a thousand, for less than a tenth of the time.
  ZDICT_fastCover_params_t how{};
  how.k = kPieceBytes;
  how.d = 8;
  how.f = 17;
  how.accel = 10;
  how.zParams.compressionLevel = kPackingLevel;
  std::string data(std::min(most, joined.size() / kShare), '\0');
  const std::size_t size = ZDICT_trainFromBuffer_fastCover(
      data.data(), data.size(), joined.data(), sizes.data(), static_cast<unsigned>(sizes.size()), how);
  data.resize(ZDICT_isError(size) != 0 ? 0 : size);
  return data;
}

void put_dictionary(Batch& batch, const DictionaryHead& head, const std::string& data) {
  batch.put(Family::kDictionaries, dictionary_key(head.number),
            pack(DictionaryRow{head.site, head.samples, data}));
}

void erase_dictionary(Batch& batch, int number) {
  batch.erase(Family::kDictionaries, dictionary_key(number));
}

}  // namespace boardwalk::store
