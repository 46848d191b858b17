// What an archive costs as it grows. Writes made-up pages (growth_page.hpp) as a crawl does, each in a batch
// of its own: its records, its body, its visit, and the frontier's rows of it and of what it links, one new
// page and two held ones. At 20,000, 200,000, 2,000,000 and 10,000,000 pages the run ends, as a crawl does,
// the archive is asked, and the next run goes on. One that was ended, by whatever signal, is gone on with when
// its DIRECTORY is named again.
//
//   growth_bench [PAGES [DIRECTORY]] [--json FILE]      (200000, a temporary directory)
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crawler/frontier.hpp"
#include "parsers/digest.hpp"
#include "parsers/fold.hpp"
#include "store/body_writer.hpp"
#include "store/near.hpp"
#include "store/query.hpp"
#include "store/records.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"
#include "tests/bench/growth_page.hpp"
#include "tests/bench/resources.hpp"
#include "tests/support/dice.hpp"
#include "tests/temporary_directory.hpp"

namespace boardwalk::bench {
namespace {

using Clock = std::chrono::steady_clock;
using store::Database;

constexpr std::array<std::int64_t, 4> kSteps{20'000, 200'000, 2'000'000, 10'000'000};
constexpr std::int64_t kAhead = 1024;  // pages that are offered before they are written; of the same site
constexpr std::int64_t kNow = 1'800'000'000'000;
constexpr std::size_t kMinChars = 16;
constexpr int kRounds = 9;
constexpr std::int64_t kDay = 86'400;
constexpr std::array<const char*, 4> kQuestions{"thread", "author_month", "site_day", "near"};

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

double micros(Clock::duration time) { return std::chrono::duration<double, std::micro>(time).count(); }

config::Job made_up_job() {
  config::Job job = config::default_job();
  job.fetch.delay = {};
  job.fetch.obey_robots = false;
  for (std::int64_t site = 0; site < kGrowthSites; ++site)
    job.seeds.push_back("http://" + growth_site(site * kGrowthThreadPages) + "/");
  return job;
}

crawler::Offer offer_of(std::int64_t number, const std::string& via) {
  crawler::Offer offer;
  offer.url = growth_url(number);
  const auto url = parsers::parse_url(offer.url);
  offer.key = parsers::page_key(*url);
  offer.site = url->site();
  offer.what.role = parsers::LinkRole::kThread;
  offer.depth = 2;
  offer.via = via;
  return offer;
}

std::int64_t number_of(const crawler::Lease& lease) {
  const auto key = parsers::page_key(*parsers::parse_url(lease.row.url));
  return growth_number(std::atoll(key.thread_id.value().c_str()), key.page);
}

store::Visit visit_of(const crawler::Lease& lease, const GrowthPage& page, const std::string& content_sha256,
                      std::int64_t now, int run) {
  store::Visit visit;
  visit.key = lease.key;
  visit.url = lease.row.url;
  visit.fetched_at = now;
  visit.run = run;
  visit.status = 200;
  visit.sha256 = page.parsed.page.sha256;
  visit.content_sha256 = content_sha256;
  visit.page_kind = to_string(page.parsed.kind);
  visit.bytes = static_cast<std::int64_t>(page.body.size());
  visit.milliseconds = 40;
  visit.headers = {{"server", "nginx"},
                   {"content-type", "text/html; charset=utf-8"},
                   {"content-length", std::to_string(page.body.size())}};
  return visit;
}

// One run of a crawl: pages `written` and on, in the order of the frontier.
class Run {
 public:
  Run(const std::filesystem::path& directory, const config::Job& job, int number, std::int64_t written)
      : database_(must(Database::open(directory, Database::Access::kWrite, config::Sync::kOs))),
        settings_(job),
        scope_(must(crawler::Scope::make(job))),
        frontier_(*database_, job, settings_, scope_, number, 1),
        bodies_(*database_),
        number_(number),
        written_(written) {
    must(frontier_.load(now(), 0));
    if (written == 0) offer_first();
  }

  void write_to(std::int64_t pages) {
    while (written_ < pages) {
      const auto lease = must(frontier_.take(now()));
      if (!lease) throw std::runtime_error("the frontier gives nothing more");
      write(*lease);
      ++written_;
    }
    must(database_->flush());
  }

 private:
  [[nodiscard]] std::int64_t now() const { return kNow + written_; }

  void offer_first() {
    store::Batch batch(*database_);
    for (std::int64_t page = 0; page < kAhead; ++page) must(frontier_.offer(batch, offer_of(page, ""), kNow));
    frontier_.put_hosts(batch);
    must(database_->commit(batch));
  }

  void write(const crawler::Lease& lease) {
    const std::int64_t number = number_of(lease);
    const GrowthPage page = growth_page(number);
    const std::string& digest = page.parsed.page.sha256;
    store::Batch batch(*database_);
    const store::PageContent content = store::content_of(page.parsed);
    must(store::put_records(batch, page.parsed, kMinChars, content));
    offer_links(batch, number, lease.key);
    settle(batch, lease);
    must(bodies_.put(batch, lease.site, digest, page.body));
    store::put_visit(batch, visit_of(lease, page, content.sha256, now(), number_));
    frontier_.put_hosts(batch);
    must(database_->commit(batch));
    frontier_.release(lease);
  }

  void offer_links(store::Batch& batch, std::int64_t number, const std::string& via) {
    const std::int64_t near = std::max<std::int64_t>(0, number - 40);
    const auto any = sample::Dice(1, number).below(static_cast<std::size_t>(number) + 1);
    for (const std::int64_t linked : {number + kAhead, near, static_cast<std::int64_t>(any)})
      must(frontier_.offer(batch, offer_of(linked, via), now()));
  }

  void settle(store::Batch& batch, const crawler::Lease& lease) {
    auto row = must(crawler::read_url(batch, lease.key));
    row.value().last_outcome = static_cast<int>(parsers::Outcome::kOk);
    row->last_status = 200;
    row->last_fetch = now();
    row->sweep = frontier_.sweep_of(row->site);
    must(frontier_.settle(batch, lease, std::move(*row), std::nullopt));
  }

  std::unique_ptr<Database> database_;
  crawler::HostSettings settings_;
  crawler::Scope scope_;
  crawler::Frontier frontier_;
  store::BodyWriter bodies_;
  int number_;
  std::int64_t written_;
};

struct Answer {
  double first = 0, whole = 0;  // microseconds
  std::int64_t rows = 0;
};

Answer ask(const Database& database, const store::Filter& filter) {
  Answer answer;
  const auto start = Clock::now();
  must(store::for_each_record(database, {store::RecordKind::kPost, filter}, [&](const store::Row&) {
    if (answer.rows++ == 0) answer.first = micros(Clock::now() - start);
    return true;
  }));
  answer.whole = micros(Clock::now() - start);
  return answer;
}

// What a text is nearly a copy of.
Answer ask_near(const Database& database, std::int64_t number) {
  const auto digest = store::digest_key(parsers::sha256_hex(parsers::fold(growth_text(number))));
  Answer answer;
  const auto start = Clock::now();
  if (const auto original = must(store::near_original_of(database, digest.value()))) {
    must(store::record_json(database, original->record_id));
    ++answer.rows;
  }
  answer.first = answer.whole = micros(Clock::now() - start);
  return answer;
}

struct Asked {
  double open = 0;  // microseconds
  std::array<Answer, kQuestions.size()> answers;
};

// Opens the archive anew and asks it of some page's thread, its author's month, its site's day, and of a text
// that is nearly an earlier one.
Asked ask_all(const std::filesystem::path& directory, std::int64_t pages, int round) {
  sample::Dice dice(pages, round);
  const auto number = static_cast<std::int64_t>(dice.below(static_cast<std::size_t>(pages - kAhead)));
  const std::int64_t time = growth_time(number);
  store::Filter thread, author, site;
  thread.site = site.site = growth_site(number);
  thread.thread = growth_thread(number);
  author.author = growth_author(number);
  author.since = time - 15 * kDay;
  author.until = time + 15 * kDay;
  site.since = time - kDay / 2;
  site.until = time + kDay / 2;
  const std::int64_t copy = std::max(kGrowthSixteenth, number / kGrowthSixteenth * kGrowthSixteenth);
  const auto start = Clock::now();
  const auto database = must(Database::open(directory, Database::Access::kRead));
  Asked asked{micros(Clock::now() - start), {}};
  asked.answers = {ask(*database, thread), ask(*database, author), ask(*database, site),
                   ask_near(*database, copy + kGrowthNearCopy)};
  for (const auto& answer : asked.answers)
    if (answer.rows == 0) throw std::runtime_error(fmt::format("nothing is found of page {}", number));
  return asked;
}

template <typename Figure>
double median(const std::vector<Asked>& rounds, Figure&& figure) {
  std::vector<double> figures;
  for (const auto& round : rounds) figures.push_back(static_cast<double>(figure(round)));
  std::sort(figures.begin(), figures.end());
  return figures[figures.size() / 2];
}

// What one step came to: microseconds and bytes a page, milliseconds, MB.
using Figures = std::vector<std::pair<std::string, double>>;

void add_answers(const std::vector<Asked>& rounds, Figures& figures) {
  figures.emplace_back("open_ms", median(rounds, [](const Asked& of) { return of.open; }) / 1e3);
  for (std::size_t i = 0; i < kQuestions.size(); ++i) {
    const std::string name = kQuestions[i];
    const auto add = [&](const char* what, auto&& figure) {
      figures.emplace_back(name + what,
                           median(rounds, [&](const Asked& of) { return figure(of.answers[i]); }));
    };
    add("_first_ms", [](const Answer& of) { return of.first / 1e3; });
    add("_whole_ms", [](const Answer& of) { return of.whole / 1e3; });
    add("_rows", [](const Answer& of) { return of.rows; });
  }
}

Figures step(const std::filesystem::path& directory, const config::Job& job, int run, std::int64_t from,
             std::int64_t to) {
  forget_peak();
  const double cpu = cpu_micros();
  const auto start = Clock::now();
  Run(directory, job, run, from).write_to(to);
  const auto pages = static_cast<double>(to - from);
  Figures figures{{"pages", static_cast<double>(to)},
                  {"cpu_us_page", (cpu_micros() - cpu) / pages},
                  {"wall_us_page", micros(Clock::now() - start) / pages},
                  {"writing_mb", peak_mb()}};
  forget_peak();
  std::vector<Asked> rounds;
  for (int round = 0; round < kRounds; ++round) rounds.push_back(ask_all(directory, to, round));
  figures.emplace_back("reading_mb", peak_mb());
  const auto database = must(Database::open(directory, Database::Access::kRead));
  figures.emplace_back("disk_bytes_page",
                       static_cast<double>(database->size_on_disk()) / static_cast<double>(to));
  add_answers(rounds, figures);
  return figures;
}

double of(const Figures& figures, const std::string& name) {
  const auto at =
      std::find_if(figures.begin(), figures.end(), [&](const auto& it) { return it.first == name; });
  return at->second;
}

// Sizes of the pages, and what it costs to make them up, which is part of every figure.
void print_head() {
  constexpr std::int64_t kSome = 2000;
  const double cpu = cpu_micros();
  std::size_t body = 0, text = 0;
  for (std::int64_t number = 0; number < kSome; ++number) {
    const GrowthPage page = growth_page(number);
    body += page.body.size();
    text += page.parsed.posts.front().text.size();
  }
  fmt::print(
      "pages of {} bytes with one post of {} bytes, {} a thread, {} sites; to make one up takes {:.0f} "
      "us\n\n",
      body / kSome, text / kSome, kGrowthThreadPages, kGrowthSites, (cpu_micros() - cpu) / kSome);
  fmt::print("{:>9}{:>9}{:>9}{:>10}{:>10}{:>9}{:>9}", "pages", "CPU us", "wall us", "MB writes", "MB reads",
             "B/page", "open ms");
  for (const auto* question : kQuestions) fmt::print("{:>18}", question);
  fmt::print("   (ms to the first row, ms of all, rows)\n");
  std::fflush(stdout);
}

void print_row(const Figures& figures) {
  fmt::print("{:>9.0f}{:>9.0f}{:>9.0f}{:>10.0f}{:>10.0f}{:>9.0f}{:>9.1f}", of(figures, "pages"),
             of(figures, "cpu_us_page"), of(figures, "wall_us_page"), of(figures, "writing_mb"),
             of(figures, "reading_mb"), of(figures, "disk_bytes_page"), of(figures, "open_ms"));
  for (const std::string name : kQuestions)
    fmt::print("{:>18}", fmt::format("{:.2f} {:.2f} {:.0f}", of(figures, name + "_first_ms"),
                                     of(figures, name + "_whole_ms"), of(figures, name + "_rows")));
  fmt::print("\n");
  std::fflush(stdout);
}

void write_json(const std::string& path, const std::vector<Figures>& steps) {
  std::string json;
  for (const auto& figures : steps) {
    std::string fields;
    for (const auto& [name, value] : figures)
      fields += fmt::format("{}\"{}\": {:.6g}", fields.empty() ? "" : ", ", name, value);
    json += fmt::format("{}{{{}}}", json.empty() ? "" : ",\n ", fields);
  }
  if (std::ofstream file(path); !(file << '[' << json << "]\n" << std::flush))
    throw std::runtime_error(path + " cannot be written");
}

struct Wanted {
  std::int64_t pages = 200'000;
  std::string directory;  // empty: a temporary one
  std::string json;       // empty: none
};

std::int64_t pages_from(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 2 * kAhead)
    throw std::runtime_error(fmt::format("{}: a number from {} on is wanted", text, 2 * kAhead));
  return value;
}

Wanted wanted_of(std::vector<std::string> words) {
  Wanted wanted;
  if (const auto at = std::find(words.begin(), words.end(), "--json"); at != words.end()) {
    if (at + 1 == words.end()) throw std::runtime_error("--json wants a file");
    wanted.json = at[1];
    words.erase(at, at + 2);
  }
  if (!words.empty()) wanted.pages = pages_from(words[0]);
  if (words.size() > 1) wanted.directory = words[1];
  if (words.size() > 2) throw std::runtime_error(words[2] + ": one word too many");
  return wanted;
}

struct Held {
  std::int64_t pages = 0;
  int runs = 0;
};

// What an earlier growth_bench has written, a visit a page.
Held held_in(const std::filesystem::path& directory) {
  Held held;
  if (!std::filesystem::exists(directory)) return held;
  const auto database = must(Database::open(directory, Database::Access::kRead));
  must(store::for_each_visit(*database, [&](const store::Visit& visit) {
    ++held.pages;
    held.runs = std::max(held.runs, visit.run);
    return true;
  }));
  return held;
}

void measure(const Wanted& wanted, const std::filesystem::path& directory) {
  auto [written, run] = held_in(directory);
  if (written >= wanted.pages)
    throw std::runtime_error(fmt::format("{} holds {} pages already", directory.string(), written));
  std::vector<std::int64_t> ends;
  for (const std::int64_t end : kSteps)
    if (end > written && end < wanted.pages) ends.push_back(end);
  ends.push_back(wanted.pages);
  if (written > 0) fmt::print("from {} pages on: ", written);
  print_head();
  const config::Job job = made_up_job();
  std::vector<Figures> steps;
  for (const std::int64_t end : ends) {
    steps.push_back(step(directory, job, ++run, written, end));
    written = end;
    print_row(steps.back());
    if (!wanted.json.empty()) write_json(wanted.json, steps);
  }
}

int run(int argc, char** argv) {
  const Wanted wanted = wanted_of({argv + 1, argv + argc});
  if (!wanted.directory.empty()) {
    measure(wanted, wanted.directory);
    return 0;
  }
  const TemporaryDirectory temporary;
  measure(wanted, temporary / "archive");
  return 0;
}

}  // namespace
}  // namespace boardwalk::bench

int main(int argc, char** argv) {
  try {
    return boardwalk::bench::run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "growth_bench: {}\n", error.what());
    return 1;
  }
}
