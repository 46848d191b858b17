#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "cli/command.hpp"

namespace boardwalk::cli {
namespace {

constexpr std::size_t kWriteAt = std::size_t{1} << 20;  // bytes gathered before a write

struct ExportLine {
  std::string output = "-";
  bool with_duplicates = false;
  bool drop_near_duplicates = false;
  bool history = false;
  FilterOptions filter;
};

// Where the lines go: standard output, a device or a pipe as it is, or a temporary file that becomes the
// named one (or what that is a link to) when all is written.
class Sink {
 public:
  static Result<Sink> open(const std::string& name) {
    if (name == "-") return Sink(STDOUT_FILENO, {}, {});
    std::error_code error;
    const auto at = std::filesystem::weakly_canonical(name, error);
    const std::string target = error ? name : at.string();
    const auto kind = std::filesystem::status(target, error).type();
    if (name.empty() || kind == std::filesystem::file_type::directory)
      return fail(ErrorKind::kUsage,
                  fmt::format("-o \"{}\" names no file; name one, or - for standard output", name));
    const bool in_place =
        kind != std::filesystem::file_type::regular && kind != std::filesystem::file_type::not_found;
    const std::string temporary = in_place ? std::string{} : fmt::format("{}.{}.tmp", target, getpid());
    const int file = ::open(in_place ? target.c_str() : temporary.c_str(),
                            in_place ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
      return fail(ErrorKind::kIo, fmt::format("cannot write {}: {}; name a place that can be written with -o",
                                              name, std::strerror(errno)));
    return Sink(file, temporary, target);
  }

  Sink(Sink&& other) noexcept
      : file_(other.file_),
        temporary_(std::exchange(other.temporary_, {})),
        name_(std::move(other.name_)),
        gathered_(std::move(other.gathered_)),
        reason_(other.reason_) {}
  Sink& operator=(Sink&&) = delete;
  // An export that did not come to its end leaves nothing behind.
  ~Sink() {
    if (!temporary_.empty()) unlink(temporary_.c_str());
  }

  // False when nothing more can be written; `error` tells why, but for a reader who left.
  bool add(std::string_view lines) {
    gathered_ += lines;
    return gathered_.size() < kWriteAt || write_out();
  }

  Result<void> finish() {
    if (!write_out()) return abandon();
    if (temporary_.empty()) return {};
    if (fsync(file_) != 0 || close(file_) != 0 || rename(temporary_.c_str(), name_.c_str()) != 0) {
      reason_ = errno;
      return abandon();
    }
    temporary_.clear();
    return {};
  }

 private:
  Sink(int file, std::string temporary, std::string name)
      : file_(file), temporary_(std::move(temporary)), name_(std::move(name)) {}

  bool write_out() {
    std::string_view rest = gathered_;
    while (!rest.empty() && reason_ == 0) {
      const ssize_t written = ::write(file_, rest.data(), rest.size());
      if (written < 0 && errno != EINTR) reason_ = errno;
      if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
    }
    gathered_.clear();
    return reason_ == 0;
  }

  Result<void> abandon() {
    if (temporary_.empty() && reason_ == EPIPE) return {};
    return fail(ErrorKind::kIo, fmt::format("cannot write {}: {}{}",
                                            name_.empty() ? "standard output" : name_, std::strerror(reason_),
                                            temporary_.empty() ? "" : "; what was there is unchanged"));
  }

  int file_;
  std::string temporary_;
  std::string name_;
  std::string gathered_;
  int reason_ = 0;
};

int export_records(const ExportLine& words, const Line& line) {
  auto filter = filter_from(words.filter);
  if (!filter) return report_error(filter.error());
  filter->duplicates = words.with_duplicates;
  filter->near_duplicates = !words.drop_near_duplicates;
  int exit_code = kDone;
  const auto database = open_for_reading(line, exit_code);
  if (!database) return exit_code;
  auto sink = Sink::open(words.output);
  if (!sink) return report_error(sink.error());
  const auto counts = store::export_jsonl(*database, *filter, words.history,
                                          [&sink](std::string_view json) { return sink->add(json); });
  if (!counts) return report_error(counts.error());
  if (auto finished = sink->finish(); !finished) return report_error(finished.error());
  if (words.output != "-")
    tell(fmt::format("{}: {} boards, {} threads, {} posts, {} articles; {} duplicates left out\n",
                     words.output, counts->boards, counts->threads, counts->posts, counts->articles,
                     counts->left_out));
  return kDone;
}

}  // namespace

void add_export(CLI::App& app, Line& line) {
  auto words = std::make_shared<ExportLine>();
  auto* command = app.add_subcommand("export", "write the archive's records, one line each");
  auto* jsonl = command->add_subcommand("jsonl", "as JSONL, in the record schema");
  command->require_subcommand(1);
  jsonl->fallthrough();
  jsonl->add_option("-o,--output", words->output,
                    "a file, written whole or not at all; - for standard output (default)");
  jsonl->add_flag("--with-duplicates", words->with_duplicates,
                  "records whose text is elsewhere in the archive, too");
  jsonl->add_flag("--drop-near-duplicates", words->drop_near_duplicates,
                  "leave out records whose text is nearly that of an earlier one, too");
  jsonl->add_flag("--history", words->history, "superseded versions before the current one, too");
  add_filter_options(*jsonl, words->filter);
  jsonl->callback([words, &line] { line.chosen = [words, &line] { return export_records(*words, line); }; });
}

}  // namespace boardwalk::cli
