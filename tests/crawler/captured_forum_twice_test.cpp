// A captured forum, crawled twice through its replay server: the second run costs next to nothing and changes
// nothing.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "crawler/engine.hpp"
#include "store/query.hpp"
#include "store/visits.hpp"
#include "tests/crawler/crawling.hpp"
#include "tests/shared_corpus.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using store::Database;

namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// One that is free at the moment.
int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = loopback(0);
  socklen_t size = sizeof address;
  const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(socket);
  REQUIRE(bound);
  return ntohs(address.sin_port);
}

// The server of a captured forum, as long as it lives.
class Replay {
 public:
  Replay(const std::string& tool, const std::string& corpus) : port_(free_port()), process_(::fork()) {
    if (process_ == 0) {
      const std::string port = std::to_string(port_);
      ::execlp("python3", "python3", tool.c_str(), corpus.c_str(), "--port", port.c_str(), "--rewrite-origin",
               nullptr);
      ::_exit(127);
    }
    REQUIRE(process_ > 0);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(120);
    while (!answers() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    REQUIRE(answers());
  }
  ~Replay() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

 private:
  [[nodiscard]] bool answers() const {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(port_);
    const bool connected =
        ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
  }

  int port_;
  pid_t process_;
};

struct Run {
  RunReport report;
  int thread_pages = 0;
  std::map<std::string, int> versions;  // by record
};

Run crawl(const std::string& url, const std::string& archive) {
  config::Job job = config::default_job();
  job.seeds = {url};
  job.fetch.delay = {};
  job.fetch.per_host = 8;
  job.archive.sync = config::Sync::kOs;
  const auto database = Database::open(archive, Database::Access::kWrite, job.archive.sync);
  REQUIRE(database);
  Run run;
  CrawlOptions options;
  options.now = tests::clock_ms;
  options.on_step = [&run](const LogLine& line) { run.thread_pages += line.kind == "thread" ? 1 : 0; };
  auto report = crawler::crawl(**database, job, options);
  if (!report) FAIL(report.error().message);
  run.report = *report;
  for (const auto kind : {store::RecordKind::kPost, store::RecordKind::kArticle})
    REQUIRE(store::for_each_record(**database, {kind}, [&run](const store::Row& row) {
      const std::string json(row.json);
      const auto version = json.find("\"version\":");
      const auto id = json.find("\"id\":\"") + 6;
      run.versions[json.substr(id, json.find('"', id) - id)] = std::atoi(json.c_str() + version + 10);
      return true;
    }));
  return run;
}

}  // namespace

TEST_CASE("a captured forum crawled twice: a tenth of the requests, five thread pages at most, nothing new") {
  const auto tool = tests::shared_corpus("tools/replay.py");
  if (!tool || std::system("command -v python3 > /dev/null 2>&1") != 0) return;
  for (const char* name : {"corpus/discuz/x35-utf8", "corpus/discuz/x34-gbk"}) {
    const auto corpus = tests::shared_corpus(name);
    if (!corpus) return;
    const Replay replay(*tool, *corpus);
    const TemporaryDirectory directory;
    const Run first = crawl(replay.url(), directory / "archive");
    const Run second = crawl(replay.url(), directory / "archive");
    CAPTURE(name, first.report.fetches, second.report.fetches, second.thread_pages);
    CHECK(first.versions.size() > 100);
    CHECK(second.report.fetches * 10 <= first.report.fetches);
    CHECK(second.thread_pages <= 5);
    CHECK(second.versions == first.versions);
    CHECK(second.report.records.new_threads + second.report.records.new_boards == 0);
  }
}
