#include <fmt/format.h>

#include <array>

#include "cli/export_run.hpp"
#include "parsers/outcome.hpp"

namespace boardwalk::cli {
namespace {

// What each format takes beside -o and the filters.
struct Format {
  const char* name;
  const char* help;
  bool records;     // record by record: duplicates are left out, kinds chosen
  bool history;     // superseded versions
  bool compresses;  // as a whole
  bool folder;      // may be a directory of pages
};

constexpr std::array<Format, 6> kFormats{{
    {"jsonl", "one record a line, in the record schema", true, true, true, false},
    {"csv", "a table of one kind of record (RFC 4180); --kind posts by itself", true, true, true, false},
    {"warc", "the pages as a web archive (WARC 1.1) with its index, for replay", false, false, false, false},
    {"mbox", "threads as mail threads in one mailbox", false, false, true, false},
    {"markdown", "threads and articles: a folder of pages, or one document (- or FILE.md)", false, true,
     false, true},
    {"html", "a small site in a folder: an index, a page for each thread and article", false, true, false,
     true},
}};

void add_record_options(CLI::App& command, const Format& format, ExportLine& words) {
  const bool csv = std::string_view(format.name) == "csv";
  auto* kinds =
      command
          .add_option("--kind", words.kinds,
                      fmt::format("boards, threads, posts or articles; {} by itself", csv ? "posts" : "all"))
          ->check(CLI::IsMember({"boards", "threads", "posts", "articles"}));
  if (csv) kinds->expected(1);
  command.add_flag("--with-duplicates", words.with_duplicates,
                   "records whose text is elsewhere in the archive, too");
  command
      .add_option("--cursor", words.cursor,
                  "only what is new or changed since the last export with this file (see the manual)")
      ->check(not_empty());
  command.add_flag("--drop-near-duplicates", words.drop_near_duplicates,
                   "leave out records whose text is nearly that of another");
}

void add_format(CLI::App& command, const Format& format, Line& line) {
  auto words = std::make_shared<ExportLine>();
  auto run = std::make_shared<std::string>();
  words->format = format.name;
  auto* sub = command.add_subcommand(format.name, format.help);
  sub->fallthrough();
  sub->add_option("-o,--output", words->output,
                  format.folder ? "a directory, which takes the place of an earlier export"
                                : "a file, written whole or not at all; - for standard output (default)");
  const bool warc = std::string_view(format.name) == "warc";
  if (format.records) add_record_options(*sub, format, *words);
  if (format.folder)
    sub->add_flag("--with-duplicates", words->with_duplicates,
                  "articles whose text is elsewhere in the archive, too");
  if (format.history) sub->add_flag("--history", words->history, "superseded versions of a record, too");
  if (format.compresses)
    sub->add_option("--compress", words->compress,
                    "gzip or zstd; without it, a name that ends in .gz or .zst chooses")
        ->check(CLI::IsMember({"none", "gzip", "zstd"}));
  if (warc) {
    sub->add_option("--compress", words->compress, "gzip, each record by itself (default), or none")
        ->check(CLI::IsMember({"none", "gzip"}));
    sub->add_option("--outcome", words->outcome, "pages that ended so (ok, denied, timeout, …)")
        ->check(not_empty());
    sub->add_option("--run", *run, "pages that this run fetched; below zero: merged ones")
        ->check(not_empty());
    add_page_filter_options(*sub, words->filter);
  } else {
    sub->add_option("--pseudonymise", words->pseudonymise,
                    "hide the names of people, by the key in this file (see the manual)")
        ->check(not_empty());
    add_filter_options(*sub, words->filter);
  }
  sub->callback([words, run, &line] {
    if (words->format == "csv" && words->kinds.empty()) words->kinds = {"posts"};
    line.chosen = [words, run, &line] {
      const auto number = run_from(*run);
      if (!number) return report_error(number.error());
      words->run = *number;
      if (!words->outcome.empty() && !parsers::outcome_from(words->outcome))
        return report_usage(fmt::format(
            "--outcome {}: no such outcome; the manual lists them (ok, denied, timeout, …)", words->outcome));
      return run_export(*words, line);
    };
  });
}

}  // namespace

void add_export(CLI::App& app, Line& line) {
  auto* command =
      app.add_subcommand("export", "take records or pages away, in a format that other tools read");
  command->require_subcommand(1);
  for (const auto& format : kFormats) add_format(*command, format, line);
}

}  // namespace boardwalk::cli
