#include "cli/export_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string_view>

#include "cli/live_line.hpp"
#include "config/whole_file.hpp"
#include "crawler/report.hpp"
#include "store/export/csv.hpp"
#include "store/export/cursor.hpp"
#include "store/export/cursor_lock.hpp"
#include "store/export/manifest.hpp"
#include "store/export/markdown.hpp"
#include "store/export/mbox.hpp"
#include "store/export/output_file.hpp"
#include "store/export/pseudonyms.hpp"
#include "store/export/site.hpp"
#include "store/export/warc.hpp"
#include "store/json_codec.hpp"

namespace boardwalk::cli {
namespace {

namespace fs = std::filesystem;
using store::Compression;
using store::OutputFile;

Result<store::Selection> selection_from(const ExportLine& words) {
  const auto filter = filter_from(words.filter);
  if (!filter) return tl::unexpected(filter.error());
  store::Selection selection;
  selection.filter = *filter;
  selection.filter.duplicates = words.with_duplicates;
  selection.filter.near_duplicates = !words.drop_near_duplicates;
  selection.history = words.history;
  if (words.kinds.empty()) return selection;
  const auto named = [&](const char* kind) {
    return std::find(words.kinds.begin(), words.kinds.end(), kind) != words.kinds.end();
  };
  selection.kinds = {named("boards"), named("threads"), named("posts"), named("articles")};
  return selection;
}

// What the name of a file says of its bytes; nullopt when it says nothing.
std::optional<Compression> compression_of_name(std::string_view file) {
  if (file.ends_with(".gz")) return Compression::kGzip;
  if (file.ends_with(".zst")) return Compression::kZstd;
  return std::nullopt;
}

// As --compress says, without it as the file is named, else as the format usually is.
Result<Compression> compression_for(const ExportLine& words) {
  const bool warc = words.format == "warc";
  const auto named = compression_of_name(words.output);
  const auto asked = store::compression_from(words.compress);
  if (named && asked && *named != *asked)
    return fail(ErrorKind::kUsage,
                fmt::format("-o {}: its name says {}, and --compress says {}; change one of them",
                            words.output, to_string(*named), to_string(*asked)));
  if (warc && named == Compression::kZstd)
    return fail(
        ErrorKind::kUsage,
        fmt::format("-o {}: a WARC is compressed by gzip or not at all; name it FILE.warc.gz", words.output));
  return asked.value_or(named.value_or(warc ? Compression::kGzip : Compression::kNone));
}

// Markdown is a folder of pages, or one document when it goes to standard output or into a .md file.
bool is_folder(const ExportLine& words) {
  const bool document = words.output == "-" || words.output.ends_with(".md");
  return words.format == "html" || (words.format == "markdown" && !document);
}

bool is_below(fs::path at, const fs::path& directory) {
  while (at.has_relative_path() && at != directory) at = at.parent_path();
  return at == directory;
}

// A file that the line names would be lost where what is exported takes its name.
Result<void> check_names(const ExportLine& words) {
  if (words.output == "-") return {};
  const fs::path target = config::place_of(words.output).target;
  const auto check = [&](const std::string& option, const std::string& name) -> Result<void> {
    const fs::path place = config::place_of(name).target;
    const char* what = nullptr;
    if (place == target) what = "is the export itself";
    if (place == target.string() + ".manifest.json") what = "is the export's manifest";
    if (place != target && is_folder(words) && is_below(place, target))
      what = "lies in the directory of the export, which is made anew";
    if (what == nullptr) return {};
    return fail(ErrorKind::kUsage, fmt::format("{}: that {}; name another file", option, what));
  };
  if (const std::string& key = words.pseudonymise; !key.empty())
    if (auto checked = check("--pseudonymise " + key, key); !checked) return checked;
  const std::string& cursor = words.cursor;
  if (cursor.empty()) return {};
  if (auto checked = check("--cursor " + cursor, cursor); !checked) return checked;
  const std::string next = cursor + ".next";
  return check(fmt::format("--cursor {}, which is written as {} first", cursor, next), next);
}

// What every export needs, made ready; the members are good while this is.
struct Export {
  const ExportLine& words;
  Compression compression;  // of a file: of its bytes as a whole, of a WARC record by record
  store::Selection selection;
  std::unique_ptr<store::Database> database;
  std::optional<store::Pseudonyms> pseudonyms;
  std::optional<store::CursorLock> cursor_lock;
  std::optional<store::Cursor> cursor;
  std::optional<OutputFile> beside;  // the manifest, when the export is a file that publish() names
  std::optional<OutputFile> index;   // of a WARC that is such a file
  store::ExportCounts counts;
  store::Manifest manifest;
  LiveLine live;

  [[nodiscard]] const store::Pseudonyms* names() const { return pseudonyms ? &*pseudonyms : nullptr; }

  void show_progress() {
    if (live.is_due())
      live.show(
          fmt::format("{}: {} records", words.output == "-" ? words.format : words.output, counts.sum()));
  }

  store::Write into(OutputFile& file) {
    return [this, &file](std::string_view bytes) {
      show_progress();
      return file.write(bytes);
    };
  }
};

Result<void> prepare(Export& job) {
  job.manifest.format = job.words.format;
  job.manifest.version = BOARDWALK_VERSION;
  job.manifest.made_at = std::time(nullptr);
  job.manifest.pseudonyms = job.pseudonyms.has_value();
  const auto runs = crawler::runs(*job.database);
  if (!runs) return tl::unexpected(runs.error());
  if (!runs->empty()) job.manifest.run = runs->back().run;
  return {};
}

// What a cursor goes with: another choice would take other records for news.
std::string choice_of(const Export& job) {
  const ExportLine& words = job.words;
  std::string text = words.format;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += fmt::format(" --{} {}", name, value);
  };
  for (const auto& kind : words.kinds) add("kind", kind);
  const FilterOptions& filter = words.filter;
  add("site", filter.site), add("board", filter.board), add("thread", filter.thread);
  add("author", filter.author), add("title", filter.title), add("text", filter.text);
  add("fold", filter.fold), add("since", filter.since), add("until", filter.until);
  if (words.with_duplicates) text += " --with-duplicates";
  if (words.drop_near_duplicates) text += " --drop-near-duplicates";
  if (job.pseudonyms) text += " --pseudonymise, key " + job.pseudonyms->name("", "").substr(2);
  return text;
}

Result<void> open_cursor(Export& job, const OutputFile& file) {
  if (job.words.cursor.empty()) return {};
  if (job.words.history)
    return fail(ErrorKind::kUsage, "--history does not go with --cursor; export the history by itself");
  if (!job.beside) return fail(ErrorKind::kUsage, "--cursor wants a file; name one with -o");
  auto cursor =
      store::Cursor::open(job.words.cursor, choice_of(job), store::Cursor::names_of(file, *job.beside));
  if (!cursor) return tl::unexpected(cursor.error());
  job.cursor.emplace(std::move(*cursor));
  job.manifest.cursor = true;
  return {};
}

// What was chosen and counted. An author's name stands in the manifest as in the records: as a pseudonym,
// which is another on each site.
void tell_selection(Export& job) {
  job.manifest.selection = job.selection;
  job.manifest.counts = job.counts;
  store::Filter& filter = job.manifest.selection.filter;
  if (!job.pseudonyms || !filter.author) return;
  job.manifest.hides_author = !filter.site;
  if (filter.site) filter.author = job.pseudonyms->name(*filter.site, *filter.author);
}

// Nothing has its name before all stands on the disk. The file takes its own, then its index and the manifest
// beside it, then the cursor moves: of an export that is cut off between two of them, the next one with the
// cursor does the rest (see cursor.hpp).
Result<void> publish(Export& job, OutputFile& file) {
  if (auto sealed = file.seal(); !sealed) return sealed;
  if (!job.beside) return {};
  if (job.index)
    if (auto sealed = job.index->seal(); !sealed) return sealed;
  job.manifest.file = fs::path(file.target()).filename();
  job.manifest.bytes = file.bytes();
  job.manifest.sha256 = file.sha256();
  tell_selection(job);
  if (job.cursor) {
    if (auto finished = job.cursor->finish(*job.database); !finished) return finished;
    job.manifest.gone = job.cursor->gone();
    job.manifest.left = job.cursor->left();
  }
  (void)job.beside->write(to_json(job.manifest));
  if (auto sealed = job.beside->seal(); !sealed) return sealed;
  if (job.cursor)
    if (auto sealed = job.cursor->seal(); !sealed) return sealed;
  if (auto published = file.publish(); !published) return published;
  if (job.index)
    if (auto published = job.index->publish(); !published) return published;
  if (auto published = job.beside->publish(); !published) return published;
  return job.cursor ? job.cursor->publish() : Result<void>{};
}

Result<void> write_records(Export& job, OutputFile& file) {
  if (auto ready = open_cursor(job, file); !ready) return ready;
  store::Cursor* cursor = job.cursor ? &*job.cursor : nullptr;
  store::Jsonl jsonl(job.into(file));
  std::optional<store::Csv> csv;
  if (job.words.format == "csv") {
    const auto kind = std::find(job.selection.kinds.begin(), job.selection.kinds.end(), true);
    csv.emplace(store::kKinds[static_cast<std::size_t>(kind - job.selection.kinds.begin())], job.into(file));
  }
  store::RecordFormat& format = csv ? static_cast<store::RecordFormat&>(*csv) : jsonl;
  if (!job.pseudonyms) {
    if (auto done = export_records(*job.database, job.selection, format, job.counts, cursor); !done)
      return done;
  } else {
    store::PseudonymousRecords hidden(*job.pseudonyms, format);
    if (auto done = export_records(*job.database, job.selection, hidden, job.counts, cursor); !done)
      return done;
    if (!hidden.error()) return hidden.error();
  }
  if (csv) (void)csv->finish();
  return {};
}

Result<void> write_readings(Export& job, OutputFile& file) {
  const auto readings = store::Readings::choose(*job.database, job.selection, job.names());
  if (!readings) return tl::unexpected(readings.error());
  store::Mbox mbox(job.into(file));
  store::MarkdownDocument markdown(job.into(file));
  const bool mail = job.words.format == "mbox";
  return export_readings(*readings, mail ? static_cast<store::ReadingFormat&>(mbox) : markdown, job.counts);
}

Result<void> write_warc(Export& job, OutputFile& file, std::vector<std::string>& index) {
  store::VisitSelection visits;
  const store::Filter& filter = job.selection.filter;
  visits.site = filter.site;
  visits.board = filter.board;
  visits.thread = filter.thread;
  visits.since = filter.since;
  visits.until = filter.until;
  visits.outcome = parsers::outcome_from(job.words.outcome);
  visits.run = job.words.run;
  job.manifest.outcome = job.words.outcome;
  job.manifest.pages_of_run = job.words.run;
  if (visits.run != 0) job.manifest.run = visits.run;
  const store::WarcFile warc{fs::path(file.target()).filename(), BOARDWALK_VERSION, job.manifest.made_at,
                             job.compression == Compression::kGzip};
  store::WarcCounts counts;
  const store::Write write = [&](std::string_view bytes) {
    if (job.live.is_due())
      job.live.show(fmt::format("{}: {} pages", job.words.output, counts.responses + counts.revisits));
    return file.write(bytes);
  };
  if (auto done = export_warc(*job.database, visits, warc, write, counts, index); !done) return done;
  job.manifest.pages = counts.responses + counts.revisits;
  std::sort(index.begin(), index.end());
  return {};
}

Result<void> write_index(Export& job, const OutputFile& warc, const std::vector<std::string>& index) {
  if (!warc.is_regular()) return {};
  auto file = OutputFile::open(warc.target() + ".cdxj", Compression::kNone);
  if (!file) return tl::unexpected(file.error());
  job.index.emplace(std::move(*file));
  for (const auto& line : index)
    if (!job.index->write(line + '\n')) break;  // publish() tells why
  return {};
}

Result<void> export_file(Export& job) {
  const bool warc = job.words.format == "warc";  // compresses its records one by one
  const bool with_cursor = !job.words.cursor.empty();
  if (with_cursor) {
    auto lock = store::CursorLock::take(job.words.cursor);
    if (!lock) return tl::unexpected(lock.error());
    job.cursor_lock.emplace(std::move(*lock));
    store::Cursor::settle(job.words.cursor);
  }
  const std::string ending =
      with_cursor ? store::Cursor::ending(job.words.cursor) : std::string(OutputFile::kEnding);
  auto file = OutputFile::open(job.words.output, warc ? Compression::kNone : job.compression, ending);
  if (!file) return tl::unexpected(file.error());
  if (file->is_regular()) {
    auto beside = OutputFile::open(file->target() + ".manifest.json", Compression::kNone, ending);
    if (!beside) return tl::unexpected(beside.error());
    job.beside.emplace(std::move(*beside));
  }
  job.manifest.compression = to_string(job.compression);
  std::vector<std::string> index;
  const bool records = job.words.format == "jsonl" || job.words.format == "csv";
  auto written = warc      ? write_warc(job, *file, index)
                 : records ? write_records(job, *file)
                           : write_readings(job, *file);
  if (!written) return written;
  if (warc)
    if (auto listed = write_index(job, *file, index); !listed) return listed;
  auto published = publish(job, *file);
  if (!published) job.cursor.reset();  // before the temporary file goes: see cursor.hpp
  return published;
}

Result<void> export_folder(Export& job) {
  auto folder = store::OutputDirectory::open(job.words.output);
  if (!folder) return tl::unexpected(folder.error());
  const auto readings = store::Readings::choose(*job.database, job.selection, job.names());
  if (!readings) return tl::unexpected(readings.error());
  const bool html = job.words.format == "html";
  store::SiteLinks links(*job.database, *readings, html ? ".html" : ".md");
  store::ExportCounts ignored;  // they are counted as they are written
  auto known = readings->for_each_article(ignored, [&](const store::ArticleReading& reading) {
    links.add_article(store::record_id(reading.article));
    return true;
  });
  if (!known) return known;
  const auto pages = html ? store::html_pages(links) : store::markdown_pages(links);
  store::Site site(*job.database, links, *pages, *folder);
  if (auto done = export_readings(*readings, site, job.counts); !done) return done;
  (void)site.finish();  // publish() tells what could not be written
  job.manifest.file = fs::path(job.words.output).filename();
  job.manifest.bytes = folder->bytes();
  tell_selection(job);
  return folder->publish(to_json(job.manifest));
}

std::string summary(const Export& job) {
  if (job.manifest.pages) return fmt::format("{}: {} pages\n", job.words.output, *job.manifest.pages);
  using store::RecordKind;
  const auto& counts = job.counts;
  return fmt::format("{}: {} boards, {} threads, {} posts, {} articles; {} duplicates left out{}\n",
                     job.words.output, counts.of(RecordKind::kBoard), counts.of(RecordKind::kThread),
                     counts.of(RecordKind::kPost), counts.of(RecordKind::kArticle), counts.duplicates,
                     counts.near_duplicates > 0 ? fmt::format(", {} near ones", counts.near_duplicates) : "");
}

}  // namespace

int run_export(const ExportLine& words, const Line& line) {
  auto selection = selection_from(words);
  if (!selection) return report_error(selection.error());
  const auto compression = compression_for(words);
  if (!compression) return report_error(compression.error());
  if (auto checked = check_names(words); !checked) return report_error(checked.error());
  Export job{words,        *compression, *selection,   nullptr, std::nullopt, std::nullopt,
             std::nullopt, std::nullopt, std::nullopt, {},      {},           {}};
  if (!words.pseudonymise.empty()) {
    auto pseudonyms = store::Pseudonyms::from_file(words.pseudonymise);
    if (!pseudonyms) return report_error(pseudonyms.error());
    job.pseudonyms = std::move(*pseudonyms);
  }
  int exit_code = kDone;
  job.database = open_for_reading(line, exit_code);
  if (!job.database) return exit_code;
  if (auto ready = prepare(job); !ready) return report_error(ready.error());
  if (auto done = is_folder(words) ? export_folder(job) : export_file(job); !done)
    return report_error(done.error());
  if (words.output != "-") tell(summary(job));
  return kDone;
}

}  // namespace boardwalk::cli
