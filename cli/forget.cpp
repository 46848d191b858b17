#include <fmt/format.h>

#include <chrono>

#include "cli/command.hpp"
#include "cli/job_replay.hpp"
#include "crawler/actions.hpp"
#include "crawler/taken_down.hpp"
#include "parsers/moment.hpp"
#include "store/care/forget.hpp"
#include "store/care/lost_records.hpp"
#include "store/care/unsettled.hpp"

namespace boardwalk::cli {
namespace {

struct ForgetLine {
  std::string record, author, site;
  JobOptions job;
};

Result<store::Target> target_of(const ForgetLine& words) {
  using Kind = store::Target::Kind;
  if (!words.record.empty() && words.author.empty() && words.site.empty())
    return store::Target{Kind::kRecord, {}, words.record};
  if (!words.record.empty() || words.site.empty())
    return fail(ErrorKind::kUsage,
                "name what to forget: a record's id, or --site HOST, or --site HOST with --author NAME");
  if (words.author.empty()) return store::Target{Kind::kSite, words.site, {}};
  return store::Target{Kind::kAuthor, words.site, words.author};
}

Result<void> leave_frontier(store::Database& database, const store::Target& target) {
  if (target.kind == store::Target::Kind::kSite)
    return crawler::ask_no_more(database, target.site).and_then([&] {
      return crawler::withdraw_left(database.directory(), target.site);
    });
  if (target.kind == store::Target::Kind::kAuthor) return crawler::black_out_names(database, target.site);
  return {};
}

void tell_receipt(const store::ForgetReceipt& receipt, std::int64_t at) {
  (void)print(fmt::format(
      "forgotten {}: {} records and {} files taken out, {} pages redacted or erased, {} "
      "dictionaries trained anew; later crawls leave it out\n",
      parsers::utc_rfc3339(at), receipt.records, receipt.files, receipt.pages, receipt.dictionaries));
  if (receipt.lost > 0)
    tell(fmt::format(
        "boardwalk: {} other records are gone, as they are not read from their pages any more; boardwalk "
        "reparse with the crawl's --job brings back what a site file gave\n",
        receipt.lost));
}

int forget(const ForgetLine& words, const Line& line) {
  const auto target = target_of(words);
  if (!target) return report_error(target.error());
  const auto job = replay_from(words.job);
  if (!job) return report_error(job.error());
  int exit_code = kDone;
  auto database = open_for_care(line, exit_code, (*job)->job);
  if (!database) return exit_code;
  if (auto checked = store::check_site_files(*database, (*job)->options); !checked)
    return report_error(checked.error());
  if (auto told = tell_untold_runs(*database, words.job); !told) return report_error(told.error());
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  const auto receipt = store::forget(*database, *target, (*job)->options, now,
                                     [&] { return leave_frontier(*database, *target); });
  if (!receipt && receipt.error().kind == ErrorKind::kNotFound) {
    tell(fmt::format("boardwalk: {}\n", receipt.error().message));
    return kPagesFailed;
  }
  if (!receipt)
    return report_error(store::ended_unsettled(*database, store::forget_command(*target), receipt.error()));
  // Opened once more, RocksDB begins a manifest without the keys of the tables that are gone.
  database.reset();
  database = open_for_care(line, exit_code, (*job)->job);
  if (!database) return exit_code;
  tell_receipt(*receipt, now);
  return kDone;
}

}  // namespace

void add_forget(CLI::App& app, Line& line) {
  auto words = std::make_shared<ForgetLine>();
  auto* command = app.add_subcommand(
      "forget", "take down a post, thread, article, author or site: out of the archive and of later crawls");
  command->add_option("record", words->record, "a record's id (bbs.example.cn/post/12)")->check(not_empty());
  command->add_option("--site", words->site, "everything of this site")->check(not_empty());
  command->add_option("--author", words->author, "with --site: everything by this author")
      ->check(not_empty());
  add_job_options(*command, words->job);
  command->callback([words, &line] { line.chosen = [words, &line] { return forget(*words, line); }; });
}

}  // namespace boardwalk::cli
