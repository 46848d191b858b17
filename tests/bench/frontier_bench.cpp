// What a long frontier costs: memory and time of load() and take() over made-up rows, which stand in an
// archive of its own. Written by another process, so that the memory told is the frontier's and the archive's
// alone.
//
//   frontier_bench [URLS [HOSTS [TAKES [DIRECTORY]]]]      (10000000 50000 200000, a temporary directory)
#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "crawler/frontier.hpp"
#include "parsers/digest.hpp"
#include "store/bodies.hpp"
#include "store/rocks.hpp"
#include "tests/temporary_directory.hpp"

namespace boardwalk::bench {
namespace {

using Clock = std::chrono::steady_clock;
using store::Database;

constexpr std::int64_t kNow = 1'800'000'000'000;
constexpr std::size_t kBatch = std::size_t{8} << 20;
constexpr std::uint64_t kTable = std::uint64_t{64} << 20;
const std::string kRobots = "User-agent: *\nDisallow: /search\nDisallow: /*?mod=misc\nCrawl-delay: 0\n";

struct Size {
  std::int64_t urls = 10'000'000;
  std::int64_t hosts = 50'000;
  std::int64_t takes = 200'000;
};

template <typename T>
T expect(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

std::string site_of(std::int64_t host) { return fmt::format("bbs{:05}.example", host); }

config::Job job_of(const Size& size) {
  config::Job job = config::default_job();
  job.fetch.delay = {};
  for (std::int64_t host = 0; host < size.hosts; ++host) job.seeds.push_back("http://" + site_of(host) + "/");
  return job;
}

// One host's pages `from` to `to`, as a crawl leaves them, with the place in the queue that the first has.
struct Lot {
  std::string site;
  std::int64_t from, to;
  std::uint64_t sequence;
};

using Row = std::pair<std::string, std::string>;

std::string key_of(const Lot& lot, std::int64_t page) {
  return fmt::format("{} thread {} 1", lot.site, page);
}

Row queue_row(const Lot& lot, std::int64_t page) {
  const auto sequence = lot.sequence + static_cast<std::uint64_t>(page - lot.from);
  return {crawler::ready_key(lot.site, crawler::priority_of(parsers::LinkRole::kThread), sequence),
          key_of(lot, page)};
}

Row page_row(const Lot& lot, std::int64_t page) {
  crawler::UrlRow row;
  row.url = fmt::format("http://{}/thread-{}-1-1.html", lot.site, page);
  row.site = lot.site;
  row.role = static_cast<int>(parsers::LinkRole::kThread);
  row.depth = 2;
  row.via = fmt::format("{} board {} 1", lot.site, page % 20);
  row.listed = fmt::format("{}|member{}|2026-01-05 10:0{}", page % 90, page % 777, page % 10);
  row.queued_as = queue_row(lot, page).first;
  return {key_of(lot, page), store::pack(row)};
}

void put_host(store::Batch& batch, const std::string& site, std::int64_t pages) {
  crawler::HostRow row;
  row.ready = pages;
  row.robots_status = 200;
  row.robots_sha256 = parsers::sha256_hex(kRobots);
  row.robots_until = kNow + 86'400'000;
  row.outcomes.resize(18);
  batch.put(store::Family::kHosts, site, store::pack(row));
}

void expect(const rocksdb::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

// Rows of one family in key order, put in as finished tables.
class Tables {
 public:
  Tables(store::Rocks& rocks, const std::string& directory, store::Family family)
      : rocks_(rocks),
        family_(family),
        options_(
            {}, store::family_descriptors(Database::Access::kRead)[static_cast<std::size_t>(family)].options),
        path_(fmt::format("{}/{}.table", directory, store::family_name(family))) {}

  void put(std::vector<Row> rows) {
    std::sort(rows.begin(), rows.end());
    if (!writer_) {
      writer_ = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions{}, options_);
      expect(writer_->Open(path_));
    }
    for (const auto& [key, value] : rows) expect(writer_->Put(key, value));
    if (writer_->FileSize() > kTable) end();
  }

  void end() {
    if (!writer_) return;
    expect(writer_->Finish());
    writer_.reset();
    rocksdb::IngestExternalFileOptions how;
    how.move_files = true;
    expect(rocks_.db->IngestExternalFile(rocks_.of(family_), {path_}, how));
  }

 private:
  store::Rocks& rocks_;
  store::Family family_;
  rocksdb::Options options_;
  std::string path_;
  std::unique_ptr<rocksdb::SstFileWriter> writer_;
};

template <typename Make>
std::vector<Row> rows_of(const Lot& lot, Make&& make) {
  std::vector<Row> rows;
  for (std::int64_t page = lot.from; page < lot.to; ++page) rows.push_back(make(lot, page));
  return rows;
}

// What stands in the archive for long, in tables of its last level.
void write_tables(const std::string& directory, const Size& size, std::int64_t each) {
  auto rocks = expect(store::open_writable(directory, Database::Access::kWrite, store::Missing::kDamage));
  Tables queue(rocks, directory, store::Family::kQueue);
  Tables urls(rocks, directory, store::Family::kUrls);
  std::uint64_t sequence = 1;
  for (std::int64_t host = 0; host < size.hosts; ++host) {
    const Lot lot{site_of(host), 1, each + 1, sequence};
    queue.put(rows_of(lot, queue_row));
    urls.put(rows_of(lot, page_row));
    sequence += static_cast<std::uint64_t>(each);
  }
  queue.end();
  urls.end();
}

// What came last, in commits as a crawl makes them, and the hosts.
void write_batches(store::Database& database, const Size& size, std::int64_t each, std::int64_t last) {
  store::Batch batch(database);
  expect(store::put_body(batch, parsers::sha256_hex(kRobots), kRobots));
  auto sequence = static_cast<std::uint64_t>(size.urls) + 1;
  for (std::int64_t host = 0; host < size.hosts; ++host) {
    const Lot lot{site_of(host), each + 1, each + last + 1, sequence};
    put_host(batch, lot.site, each + last);
    for (const auto& [key, value] : rows_of(lot, queue_row)) batch.put(store::Family::kQueue, key, value);
    for (const auto& [key, value] : rows_of(lot, page_row)) batch.put(store::Family::kUrls, key, value);
    sequence += static_cast<std::uint64_t>(last);
    if (batch.bytes() > kBatch) expect(database.commit(batch));
  }
  expect(database.commit(batch));
  expect(database.flush());
}

void write_rows(const std::string& directory, const Size& size) {
  const std::int64_t last = std::max<std::int64_t>(1, size.urls / size.hosts / 10);
  const std::int64_t each = size.urls / size.hosts - last;
  const auto open = [&] { return Database::open(directory, Database::Access::kWrite, config::Sync::kOs); };
  expect(open());  // makes the archive
  write_tables(directory, size, each);
  const auto database = expect(open());
  write_batches(*database, size, each, last);
}

// The made-up clock goes on where an earlier measuring of this archive left it.
Result<std::int64_t> after_last_hit(const Database& database) {
  std::int64_t now = kNow;
  auto read = crawler::for_each_host(database, [&now](const std::string&, const crawler::HostRow& row) {
    now = std::max(now, row.last_hit + 1);
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  return now;
}

std::string memory(const char* field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(field))
      return fmt::format("{} MB",
                         std::atoll(line.c_str() + std::string(field).size() + 1) * 1024 / 1'000'000);
  return "?";
}

double since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

void tell(const char* what, std::vector<double>& times) {
  std::sort(times.begin(), times.end());
  const auto at = [&times](double share) {
    return times[std::min(times.size() - 1,
                          static_cast<std::size_t>(share * static_cast<double>(times.size())))];
  };
  fmt::print("{:<22} {:.1f} us median, {:.1f} p90, {:.1f} p99, {:.1f} longest\n", what, at(0.5), at(0.9),
             at(0.99), times.back());
}

void measure(const std::string& directory, const Size& size) {
  fmt::print("{:<22} {}\n", "memory before", memory("VmRSS:"));
  const config::Job job = job_of(size);
  const auto scope = expect(crawler::Scope::make(job));
  const auto database = expect(Database::open(directory, Database::Access::kWrite, config::Sync::kOs));
  fmt::print("{:<22} {}\n", "with job and archive", memory("VmRSS:"));
  const crawler::HostSettings settings(job);
  crawler::Frontier frontier(*database, job, settings, scope, 2, 1);
  const std::int64_t first = expect(after_last_hit(*database));
  const auto start = Clock::now();
  expect(frontier.load(first, 0));
  fmt::print("{:<22} {:.0f} ms, {} pages, {}\n", "load", since(start) / 1000, frontier.queued(),
             memory("VmRSS:"));
  std::vector<double> takes, settles;
  for (std::int64_t now = first; now < first + size.takes; ++now) {
    const auto begin = Clock::now();
    const auto lease = expect(frontier.take(now));
    takes.push_back(since(begin));
    if (!lease) throw std::runtime_error("the frontier gives nothing more");
    const auto settling = Clock::now();
    store::Batch batch(*database);
    crawler::UrlRow row = lease->row;
    row.last_outcome = 0;
    row.last_fetch = now;
    expect(frontier.settle(batch, *lease, std::move(row), std::nullopt));
    frontier.put_hosts(batch);
    expect(database->commit(batch));
    frontier.release(*lease);
    settles.push_back(since(settling));
  }
  tell("take", takes);
  tell("settle, with commit", settles);
  fmt::print("{:<22} {}, at most {}\n", "memory at the end", memory("VmRSS:"), memory("VmHWM:"));
}

std::int64_t number(const char* word) {
  std::int64_t value = 0;
  const std::string_view text(word);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1)
    throw std::runtime_error(fmt::format("{}: a number above zero is wanted", text));
  return value;
}

// In a process of its own; false when it failed.
bool write_apart(const std::string& directory, const Size& size) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    try {
      write_rows(directory, size);
    } catch (const std::exception& error) {
      fmt::print(stderr, "frontier_bench: {}\n", error.what());
      std::_Exit(1);
    }
    std::_Exit(0);
  }
  int status = 1;
  return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

int run(int argc, char** argv) {
  Size size;
  if (argc > 1) size.urls = number(argv[1]);
  if (argc > 2) size.hosts = number(argv[2]);
  if (argc > 3) size.takes = number(argv[3]);
  const TemporaryDirectory temporary;
  const std::string directory = argc > 4 ? argv[4] : temporary / "archive";
  const auto start = Clock::now();
  if (!std::filesystem::exists(directory) && !write_apart(directory, size)) return 1;
  fmt::print("{:<22} {:.0f} s\n", "rows written", since(start) / 1e6);
  measure(directory, size);
  return 0;
}

}  // namespace
}  // namespace boardwalk::bench

int main(int argc, char** argv) {
  try {
    return boardwalk::bench::run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "frontier_bench: {}\n", error.what());
    return 1;
  }
}
