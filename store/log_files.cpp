#include "store/log_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "config/whole_file.hpp"
#include "store/crc32c.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = 32768;
constexpr std::size_t kHeader = 7;             // checksum, length, type
constexpr std::size_t kRecyclableHeader = 11;  // and the log's number
constexpr std::size_t kBatchHeader = 12;       // of what a record holds: sequence number, how many rows
enum Type : unsigned { kFull = 1, kFirst = 2, kMiddle = 3, kLast = 4, kRecyclableFull = 5, kMostTypes = 12 };

// As RocksDB stores it.
std::uint32_t masked_crc(std::string_view bytes) {
  const std::uint32_t crc = crc32c(bytes);
  return (crc >> 15 | crc << 17) + 0xA282EAD8U;
}

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i)
    value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
  return value;
}

struct Fragment {
  unsigned type = 0;  // as of the form that is not recyclable
  std::string_view payload;
  std::size_t end = 0;
};

// The fragment that begins at `at`; nullopt when there is none whole and sound.
std::optional<Fragment> fragment_at(std::string_view log, std::size_t at) {
  const std::size_t block_end = std::min(log.size(), (at / kBlock + 1) * kBlock);
  if (at + kHeader > block_end) return std::nullopt;
  const auto type = static_cast<unsigned char>(log[at + 6]);
  const bool recyclable = type >= kRecyclableFull && type < kRecyclableFull + 4;
  const std::size_t begin = at + (recyclable ? kRecyclableHeader : kHeader);
  const std::size_t end = begin + little_endian(log.substr(at + 4, 2));
  if (type == 0 || type >= kMostTypes || end > block_end) return std::nullopt;
  if (masked_crc(log.substr(at + 6, end - at - 6)) != little_endian(log.substr(at, 4))) return std::nullopt;
  return Fragment{recyclable ? type - 4U : type, log.substr(begin, end - begin), end};
}

// Where the next fragment may begin: what is left of a block behind its last one is filled up.
std::size_t behind(std::size_t at) {
  return kBlock - at % kBlock < kHeader ? (at / kBlock + 1) * kBlock : at;
}

// Whether anything good follows: in the same block, where a length that was damaged leads astray, at any
// byte, in later ones at their beginning.
bool any_sound(std::string_view log, std::size_t from) {
  const std::size_t block_end = std::min(log.size(), ((from - 1) / kBlock + 1) * kBlock);
  for (std::size_t at = from; at < block_end; ++at)
    if (fragment_at(log, at)) return true;
  for (std::size_t at = block_end; at < log.size(); at += kBlock)
    if (fragment_at(log, at)) return true;
  return false;
}

// One log: whether and where it is damaged, and which sequence numbers it holds. Nothing is missing where what
// lacks is `sealed`: it stands in tables, and some of it has been in no log (table_changes.hpp).
class Log {
 public:
  Log(std::string_view bytes, std::uint64_t sealed) : bytes_(bytes), sealed_(sealed) {
    for (std::size_t at = 0; at < bytes_.size();) {
      const auto fragment = fragment_at(bytes_, at);
      if (!fragment) {
        torn_at_ = at;
        good_behind_ = any_sound(bytes_, at + 1);
        return;
      }
      add(*fragment);
      at = behind(fragment->end);
    }
    if (begun_) torn_at_ = torn_at_.value_or(bytes_.size());
  }

  [[nodiscard]] std::optional<std::size_t> torn_at() const { return torn_at_; }
  [[nodiscard]] bool good_behind() const { return good_behind_; }
  [[nodiscard]] std::optional<std::size_t> gap_at() const { return gap_at_; }
  [[nodiscard]] bool empty() const { return records_ == 0; }
  [[nodiscard]] std::uint64_t first() const { return first_; }
  [[nodiscard]] std::uint64_t next() const { return next_; }

 private:
  void add(const Fragment& fragment) {
    if (fragment.type > kLast) return;  // settings, no rows
    if (fragment.type == kFull || fragment.type == kFirst) head_.clear(), begun_ = true;
    head_ += fragment.payload.substr(0, kBatchHeader - std::min(kBatchHeader, head_.size()));
    if (fragment.type != kFull && fragment.type != kLast) return;
    begun_ = false;
    if (head_.size() < kBatchHeader) return;
    const std::uint64_t sequence = little_endian(std::string_view(head_).substr(0, 8));
    if (records_++ == 0)
      first_ = sequence;
    else if (sequence != next_ && !gap_at_ && (sealed_ == 0 || sequence > sealed_ + 1))
      gap_at_ = fragment.end;
    next_ = sequence + little_endian(std::string_view(head_).substr(8, 4));
  }

  std::string_view bytes_;
  std::uint64_t sealed_;
  std::string head_;
  bool begun_ = false;
  std::optional<std::size_t> torn_at_;
  bool good_behind_ = false;
  std::optional<std::size_t> gap_at_;
  std::uint64_t first_ = 0;
  std::uint64_t next_ = 0;
  std::size_t records_ = 0;
};

std::vector<fs::path> logs_in(const fs::path& db) {
  std::vector<fs::path> logs;
  std::error_code error;
  for (fs::directory_iterator entry(db, error), end; !error && entry != end; entry.increment(error))
    if (entry->path().extension() == ".log") logs.push_back(entry->path());
  // By number: names are six digits and, in an archive that has lived long, more.
  std::sort(logs.begin(), logs.end(), [](const fs::path& a, const fs::path& b) {
    const std::string x = a.filename(), y = b.filename();
    return x.size() != y.size() ? x.size() < y.size() : x < y;
  });
  return logs;
}

}  // namespace

Result<std::optional<std::string>> damage_in_logs(const fs::path& db, std::uint64_t sealed) {
  std::optional<std::uint64_t> next;
  std::string torn;
  for (const auto& path : logs_in(db)) {
    const std::string name = path.filename();
    const auto bytes = config::read_whole_file(path);
    if (!bytes && errno == ENOENT) continue;  // a writer has dropped it meanwhile
    if (!bytes)
      return fail(ErrorKind::kIo, fmt::format("archive log {} cannot be read: {}; check who owns the archive",
                                              path.string(), std::strerror(errno)));
    const Log log(*bytes, sealed);
    if (log.good_behind())
      return fmt::format("the write-ahead log {} has a bad record at byte {} and good ones behind it", name,
                         *log.torn_at());
    if (log.gap_at())
      return fmt::format("the write-ahead log {} lacks rows before byte {}", name, *log.gap_at());
    if (log.empty()) {
      if (log.torn_at() && torn.empty()) torn = name;
      continue;
    }
    // An opening that finds a torn log begins the next one with the number that is due, and drops the torn one
    // only then.
    const bool goes_on = log.first() == next || (sealed > 0 && log.first() <= sealed + 1);
    if (!goes_on && !torn.empty())
      return fmt::format("the write-ahead log {} ends in the middle, and {} goes on behind it", torn, name);
    if (!goes_on && next) return fmt::format("rows are missing before the write-ahead log {}", name);
    torn = log.torn_at() ? name : "";
    next = log.next();
  }
  return std::nullopt;
}

}  // namespace boardwalk::store
