#include "crawler/actions.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <sstream>
#include <system_error>
#include <thread>
#include <utility>

#include "config/descriptor.hpp"
#include "config/whole_file.hpp"
#include "store/archive_directory.hpp"

namespace boardwalk::crawler {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kLookEvery{20};
constexpr std::string_view kDone = "done\n";
constexpr std::string_view kRefused = "refused\n";

constexpr std::string_view kLeft = "-left";  // behind the names of actions for the next crawl

constexpr std::array<std::pair<Action::Kind, std::string_view>, 7> kWords{
    {{Action::Kind::kPause, "pause"},
     {Action::Kind::kResume, "resume"},
     {Action::Kind::kStop, "stop"},
     {Action::Kind::kSeed, "seed"},
     {Action::Kind::kBlock, "block"},
     {Action::Kind::kUnblock, "unblock"},
     {Action::Kind::kRetry, "retry"}}};

fs::path actions_of(const fs::path& archive) { return archive / "actions"; }

std::optional<Action::Kind> action_from(std::string_view word) {
  for (const auto& [kind, name] : kWords)
    if (name == word) return kind;
  return std::nullopt;
}

Result<Action> parse_action(const std::string& text) {
  std::istringstream lines(text);
  std::string word;
  std::getline(lines, word);
  const auto kind = action_from(word);
  if (!kind) return fail(ErrorKind::kUsage, fmt::format("\"{}\" is no action", word));
  Action action{*kind, {}};
  for (std::string line; std::getline(lines, line);) action.arguments.push_back(line);
  return action;
}

bool is_left(const fs::path& path) {
  return path.extension() == ".action" && path.stem().string().ends_with(kLeft);
}

// `error` tells why there are none, where the directory could not be read.
std::vector<fs::path> files_in(const fs::path& directory, std::error_code& error) {
  std::vector<fs::path> files;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error))
    files.push_back(at->path());
  std::sort(files.begin(), files.end());
  return files;
}

tl::unexpected<Error> nobody(const fs::path& archive, std::string_view why) {
  return fail(ErrorKind::kNotFound,
              fmt::format("{} {}; start one with boardwalk crawl", why, archive.string()));
}

Result<void> put(const fs::path& path, const Action& action) {
  std::string text = fmt::format("{}\n", to_string(action.kind));
  for (const auto& argument : action.arguments) text += argument + '\n';
  if (config::write_whole_file(path, text)) return {};
  return fail(ErrorKind::kIo, fmt::format("cannot write {}: {}", path.string(), std::strerror(errno)));
}

// The directory is opened first: what stands at its name when it is given away may be another by then.
void give_to_owner_of(const fs::path& archive, const fs::path& directory) {
  const config::Descriptor file(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  struct stat owners {};
  struct stat ours {};
  if (!file.is_open() || ::fstat(file.fd(), &ours) != 0 || ::stat(archive.c_str(), &owners) != 0) return;
  if (ours.st_uid != ::geteuid() || ours.st_uid == owners.st_uid) return;
  const bool is_given = ::fchown(file.fd(), owners.st_uid, owners.st_gid) == 0 ||
                        ::fchown(file.fd(), static_cast<uid_t>(-1), owners.st_gid) == 0;
  if (is_given) (void)::fchmod(file.fd(), owners.st_mode & 07777);
}

// Its name without the ending.
Result<fs::path> write_action(const fs::path& archive, const Action& action, std::string_view mark) {
  const fs::path directory = actions_of(archive);
  std::error_code error;
  fs::create_directories(directory, error);
  if (error)
    return fail(ErrorKind::kIo, fmt::format("cannot create {}: {}", directory.string(), error.message()));
  give_to_owner_of(archive, directory);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const fs::path name =
      directory / fmt::format("{:020}-{}{}", std::chrono::nanoseconds(now).count(), ::getpid(), mark);
  fs::path asked = name;
  asked += ".action";
  if (auto written = put(asked, action); !written) return tl::unexpected(written.error());
  return name;
}

// The answer's words, once there is one.
std::optional<Result<std::string>> take_answer(const fs::path& path) {
  const auto text = config::read_whole_file(path);
  if (!text) return std::nullopt;
  std::error_code error;
  fs::remove(path, error);
  if (text->starts_with(kDone)) return text->substr(kDone.size());
  return fail(ErrorKind::kUsage, text->substr(std::min(text->size(), kRefused.size())));
}

}  // namespace

std::string_view to_string(Action::Kind kind) {
  return std::find_if(kWords.begin(), kWords.end(), [kind](const auto& row) { return row.first == kind; })
      ->second;
}

// Who finds the archive locked asks this crawl, though it has not come as far as to answer.
ActionBox::ActionBox(const fs::path& archive, Tell tell)
    : directory_(actions_of(archive)), tell_(std::move(tell)) {
  std::error_code error;
  const auto since = store::locked_since(archive);
  for (const auto& path : files_in(directory_, error)) {
    const bool is_asked = since && fs::last_write_time(path, error) >= *since;
    if (!is_asked && !is_left(path)) fs::remove(path, error);
  }
}

void ActionBox::attend(const CarryOut& carry_out) {
  std::error_code error;
  const auto files = files_in(directory_, error);
  if (error && error != std::errc::no_such_file_or_directory)
    tell_once(directory_, fmt::format("cannot read {}: {}; nothing in it is carried out", directory_.string(),
                                      error.message()));
  for (const auto& path : files) {
    if (path.extension() != ".action" || done_.contains(path)) continue;
    const auto text = config::read_whole_file(path);
    if (!text && errno != ENOENT)
      tell_once(path, fmt::format("cannot read {}: {}; it is not carried out", path.string(),
                                  std::strerror(errno)));
    if (!text) continue;
    if (is_left(path)) {
      if (!carry_out_left(path, *text, carry_out)) return;
      continue;
    }
    if (!remove(path, "it is not carried out")) continue;  // or withdrawn
    const auto action = parse_action(*text);
    const auto answer = action ? carry_out(*action) : tl::unexpected(action.error());
    fs::path answered = path;
    (void)config::write_whole_file(
        answered.replace_extension(".answer"),
        answer ? fmt::format("{}{}", kDone, *answer) : fmt::format("{}{}", kRefused, answer.error().message));
  }
}

// Nobody waits for its answer, and nobody would ask again. False when it stays for the next crawl.
bool ActionBox::carry_out_left(const fs::path& path, const std::string& text, const CarryOut& carry_out) {
  const auto action = parse_action(text);
  const auto answer = action ? carry_out(*action) : tl::unexpected(action.error());
  if (!answer && answer.error().kind != ErrorKind::kUsage) return false;
  done_.insert(path);
  (void)remove(path, "each run carries it out again until it is removed");
  return true;
}

bool ActionBox::remove(const fs::path& path, std::string_view what_then) {
  std::error_code error;
  const bool removed = fs::remove(path, error);
  if (error)
    tell_once(path, fmt::format("cannot remove {}: {}; {}", path.string(), error.message(), what_then));
  return removed;
}

void ActionBox::tell_once(const fs::path& path, const std::string& trouble) {
  if (told_.insert(path).second && tell_) tell_(trouble);
}

bool crawl_runs(const fs::path& archive) {
  const auto holder = store::lock_holder(archive);
  return holder && holder->purpose == store::LockedFor::kCrawl;
}

Result<std::string> ask_crawl(const fs::path& archive, const Action& action,
                              std::chrono::milliseconds patience) {
  if (!crawl_runs(archive)) return nobody(archive, "no crawl runs on");
  std::error_code error;
  const auto name = write_action(archive, action, "");
  if (!name) return tl::unexpected(name.error());
  fs::path asked = *name, answered = *name;
  asked += ".action";
  answered += ".answer";
  const auto until = std::chrono::steady_clock::now() + patience;
  while (true) {
    if (auto answer = take_answer(answered)) return *std::move(answer);
    const bool over = std::chrono::steady_clock::now() > until || !crawl_runs(archive);
    // An action that can no longer be withdrawn is being carried out: its answer is about to come.
    if (over && fs::remove(asked, error)) return nobody(archive, "no crawl answers on");
    if (over && !crawl_runs(archive)) {
      if (auto answer = take_answer(answered)) return *std::move(answer);
      return nobody(archive, "the crawl ended before it answered on");
    }
    if (std::chrono::steady_clock::now() > until + patience)
      return fail(ErrorKind::kNotFound,
                  fmt::format("the crawl on {} took the action and does not answer; see boardwalk status",
                              archive.string()));
    std::this_thread::sleep_for(kLookEvery);
  }
}

Result<void> leave_for_next(const fs::path& archive, const Action& action) {
  if (auto written = write_action(archive, action, kLeft); !written) return tl::unexpected(written.error());
  return {};
}

Result<void> withdraw_left(const fs::path& archive, const std::string& site) {
  const auto is_of_site = [&site](const std::string& argument) {
    return argument == site || argument.starts_with(site + ' ');  // a host, or a page's key
  };
  std::error_code unread;  // as one that is not there: what is in it no crawl carries out
  for (const auto& path : files_in(actions_of(archive), unread)) {
    const auto text = is_left(path) ? config::read_whole_file(path) : std::nullopt;
    auto action = text ? parse_action(*text) : fail(ErrorKind::kNotFound, "");
    if (!action || std::erase_if(action->arguments, is_of_site) == 0) continue;
    if (!action->arguments.empty()) {
      if (auto written = put(path, *action); !written) return written;
      continue;
    }
    std::error_code error;
    fs::remove(path, error);
    if (error)
      return fail(ErrorKind::kIo, fmt::format("cannot remove {}: {}", path.string(), error.message()));
  }
  return {};
}

}  // namespace boardwalk::crawler
