// The program `sample-forum`: serves the sample forum until it is told to stop.
#include <fmt/format.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/sample_forum.hpp"
#include "tests/support/truth.hpp"

namespace boardwalk::sample {
namespace {

constexpr int kWrongUsage = 2;
constexpr int kFailed = 1;

struct Command {
  Options options;
  Faults faults;
  std::string truth;
  std::string pid_file;
  bool quit_with_parent = false;
  bool now_given = false;
  bool help = false;
};

struct Wrong {
  std::string message;
};

template <typename Number>
Number number(std::string_view name, const std::string& text, double low, double high) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size() && !text.empty();
  if (!whole || static_cast<double>(value) < low || static_cast<double>(value) > high) {
    throw Wrong{fmt::format("{} takes a number from {} to {}, not '{}'", name, low, high, text)};
  }
  return value;
}

// One option: its name, the value's name ("" for a switch), what it does, and how it is set.
struct Flag {
  std::string_view name;
  std::string_view value;
  std::string_view meaning;
  std::function<void(Command&, const std::string&)> set;
};

Flag count(std::string_view name, std::string_view meaning, int low, int high,
           std::function<int&(Command&)> of) {
  return {name, "N", meaning,
          [=](Command& c, const std::string& v) { of(c) = number<int>(name, v, low, high); }};
}

Flag share(std::string_view name, std::string_view meaning, std::function<double&(Command&)> of) {
  return {name, "SHARE", meaning,
          [=](Command& c, const std::string& v) { of(c) = number<double>(name, v, 0, 1); }};
}

Flag toggle(std::string_view name, std::string_view meaning, std::function<void(Command&)> act) {
  return {name, "", meaning, [=](Command& c, const std::string&) { act(c); }};
}

std::vector<Flag> size_flags() {
  return {
      {"--seed", "N", "another seed, another forum (1)",
       [](Command& c, const std::string& v) {
         c.options.seed = number<std::uint64_t>("--seed", v, 0, 1e19);
       }},
      count("--boards", "boards that guests may read (4)", 1, 100,
            [](Command& c) -> int& { return c.options.boards; }),
      count("--threads", "threads on day 1 (60)", 0, 1000000,
            [](Command& c) -> int& { return c.options.threads; }),
      count("--posts", "mean number of posts a thread (7)", 1, 1000,
            [](Command& c) -> int& { return c.options.posts; }),
      count("--page-size", "posts a page (10)", 1, 1000,
            [](Command& c) -> int& { return c.options.page_size; }),
      count("--rows", "threads a board page (20)", 4, 1000,
            [](Command& c) -> int& { return c.options.rows; }),
      count("--articles", "news articles on day 1 (12)", 0, 100000,
            [](Command& c) -> int& { return c.options.articles; }),
      {"--charset", "NAME", "utf-8 or gbk (utf-8)",
       [](Command& c, const std::string& v) {
         if (v != "utf-8" && v != "gbk")
           throw Wrong{fmt::format("--charset takes utf-8 or gbk, not '{}'", v)};
         c.options.charset = v == "gbk" ? Charset::kGbk : Charset::kUtf8;
       }},
      toggle("--static-urls", "thread-1-1-1.html (the default)",
             [](Command& c) { c.options.static_urls = true; }),
      toggle("--dynamic-urls", "forum.php?mod=viewthread&tid=1",
             [](Command& c) { c.options.static_urls = false; }),
      toggle("--relative-times", "半小时前; day N then ends now, unless --now says when day 1 ends",
             [](Command& c) { c.options.relative_times = true; }),
      toggle("--renumber-floors", "floors close up after a deletion",
             [](Command& c) { c.options.renumber_floors = true; }),
      {"--now", "EPOCH", "when day 1 ends",
       [](Command& c, const std::string& v) {
         c.options.day_one_ends = number<std::int64_t>("--now", v, 0, 1e11);
         c.now_given = true;
       }},
  };
}

std::vector<Flag> day_flags() {
  return {
      count("--day", "the forum as it stands on that day (1)", 1, 3650,
            [](Command& c) -> int& { return c.options.day; }),
      count("--grown", "threads that get replies, a day (6)", 0, 1000000,
            [](Command& c) -> int& { return c.options.per_day.grown; }),
      count("--added", "new threads a day (2)", 0, 1000000,
            [](Command& c) -> int& { return c.options.per_day.added; }),
      count("--edited", "posts changed a day (3)", 0, 1000000,
            [](Command& c) -> int& { return c.options.per_day.edited; }),
      count("--deleted", "replies deleted a day (2)", 0, 1000000,
            [](Command& c) -> int& { return c.options.per_day.deleted; }),
      count("--removed", "threads deleted a day (0)", 0, 1000000,
            [](Command& c) -> int& { return c.options.per_day.removed; }),
  };
}

std::vector<Flag> fault_flags() {
  return {
      count("--delay", "milliseconds before every answer (0)", 0, 3600000,
            [](Command& c) -> int& { return c.faults.delay_ms; }),
      share("--error-rate", "answers that are 429 or 503",
            [](Command& c) -> double& { return c.faults.error_rate; }),
      count("--retry-after", "seconds that these ask for (1)", 0, 86400,
            [](Command& c) -> int& { return c.faults.retry_after; }),
      share("--cut-rate", "answers cut off in the body",
            [](Command& c) -> double& { return c.faults.cut_rate; }),
      share("--slow-rate", "answers that drip", [](Command& c) -> double& { return c.faults.slow_rate; }),
      count("--drip", "milliseconds between two drips (100)", 1, 3600000,
            [](Command& c) -> int& { return c.faults.drip_ms; }),
      share("--loop-rate", "answers that redirect to themselves",
            [](Command& c) -> double& { return c.faults.redirect_loop_rate; }),
      toggle("--wrong-charset", "Content-Type names the other charset",
             [](Command& c) { c.faults.wrong_charset = true; }),
      {"--fault-seed", "N", "which answers they hit (1)",
       [](Command& c, const std::string& v) {
         c.faults.seed = number<std::uint64_t>("--fault-seed", v, 0, 1e19);
       }},
  };
}

std::vector<Flag> program_flags() {
  return {
      count("--port", "0 takes a free one (0)", 0, 65535, [](Command& c) -> int& { return c.options.port; }),
      {"--log", "FILE", "one JSON line a request",
       [](Command& c, const std::string& v) { c.options.log_file = v; }},
      {"--truth", "DIR", "write what the forum holds as JSONL, then serve",
       [](Command& c, const std::string& v) { c.truth = v; }},
      {"--pid-file", "FILE", "write the process id",
       [](Command& c, const std::string& v) { c.pid_file = v; }},
      toggle("--quit-with-parent", "stop when the starting process ends",
             [](Command& c) { c.quit_with_parent = true; }),
      toggle("--help", "this text", [](Command& c) { c.help = true; }),
  };
}

using Group = std::pair<std::string_view, std::vector<Flag>>;

std::vector<Group> groups() {
  return {{"The forum", size_flags()},
          {"Days", day_flags()},
          {"Faults", fault_flags()},
          {"The program", program_flags()}};
}

void print_usage(const std::vector<Group>& all) {
  fmt::print(
      "usage: sample-forum [options]\n\nServes a made-up Discuz! forum and a news site on 127.0.0.1, prints "
      "the address\n"
      "and runs until SIGINT or SIGTERM. Addresses below /fault/ are always bad in one way.\n");
  for (const auto& [title, flags] : all) {
    fmt::print("\n{}\n", title);
    for (const Flag& flag : flags)
      fmt::print("  {:<26} {}\n", fmt::format("{} {}", flag.name, flag.value), flag.meaning);
  }
}

void apply(Command& command, const std::vector<Group>& all, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    const std::string name = words[i].substr(0, equals);
    const Flag* found = nullptr;
    for (const auto& [title, flags] : all) {
      for (const Flag& flag : flags) found = flag.name == name ? &flag : found;
    }
    if (found == nullptr) throw Wrong{fmt::format("unknown option '{}'", name)};
    if (found->value.empty()) {
      if (equals != std::string::npos) throw Wrong{fmt::format("{} takes no value", name)};
      found->set(command, "");
    } else if (equals != std::string::npos) {
      found->set(command, words[i].substr(equals + 1));
    } else {
      if (++i == words.size()) throw Wrong{fmt::format("{} needs a value: {} {}", name, name, found->value)};
      found->set(command, words[i]);
    }
  }
}

int run(Command& command) {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);  // before any thread starts, so that all inherit it
  const pid_t parent = getppid();
  if (command.quit_with_parent) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) return 0;
  }
  if (command.options.relative_times && !command.now_given) {
    command.options.day_one_ends = std::time(nullptr) - (command.options.day - 1) * kSecondsADay;
  }
  SampleForum forum(command.options);
  forum.set_faults(command.faults);
  if (!command.truth.empty()) write_truth(*forum.model(), command.truth);
  if (!command.pid_file.empty()) {
    std::ofstream file(command.pid_file);
    file << getpid() << std::endl;
    if (!file) throw std::runtime_error(fmt::format("cannot write {}", command.pid_file));
  }
  fmt::print("{}\n", forum.base_url());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop, &signal);
  return 0;
}

}  // namespace
}  // namespace boardwalk::sample

int main(int argc, char** argv) {
  namespace sample = boardwalk::sample;
  const std::vector<sample::Group> all = sample::groups();
  sample::Command command;
  try {
    sample::apply(command, all, std::vector<std::string>(argv + 1, argv + argc));
    if (command.help) {
      sample::print_usage(all);
      return 0;
    }
    return sample::run(command);
  } catch (const sample::Wrong& wrong) {
    fmt::print(stderr, "sample-forum: {}; see sample-forum --help\n", wrong.message);
    return sample::kWrongUsage;
  } catch (const std::exception& error) {
    fmt::print(stderr, "sample-forum: {}\n", error.what());
    return sample::kFailed;
  }
}
