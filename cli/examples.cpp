#include "cli/examples.hpp"

#include <array>
#include <string>

namespace boardwalk::cli {
namespace {

struct Examples {
  const char* command;  // "": the program
  const char* text;
};

constexpr std::array<Examples, 14> kExamples{{
    {"",
     "  boardwalk crawl http://bbs.example.cn/ --archive bbs      crawl a forum into the archive bbs\n"
     "  boardwalk query threads --archive bbs --title 通知         find threads by their title\n"
     "  boardwalk show bbs.example.cn/thread/12 --archive bbs     read one\n"
     "  boardwalk export jsonl --archive bbs -o bbs.jsonl         take everything away\n"
     "Exit codes: 0 done; 1 done, some pages failed; 2 wrong usage; 3 archive trouble; 130 interrupted."},
    {"crawl",
     "  boardwalk crawl http://bbs.example.cn/ --archive bbs      a whole forum; again: what is new in it\n"
     "  boardwalk crawl http://bbs.example.cn/forum-12-1.html --archive bbs      one board\n"
     "  boardwalk crawl job.toml                                  as a job file says, from a timer\n"
     "  boardwalk crawl http://bbs.example.cn/ --archive bbs --set fetch.delay=3s --max-pages 100\n"
     "Stop it with Ctrl-C whenever you like; the next run goes on where it stopped."},
    {"status",
     "  boardwalk status --archive bbs                            what waits, how the last runs went\n"
     "  boardwalk status --archive bbs --json                     the same for a program"},
    {"query",
     "  boardwalk query threads --archive bbs --title 通知         threads by their title\n"
     "  boardwalk query posts --archive bbs --author 望江亭长 --since 2026-01-01\n"
     "  boardwalk query posts --archive bbs --fold 来源           in any script, with or without pinyin\n"
     "  boardwalk query posts --archive bbs --sort newest --limit 20              what was written last\n"
     "  boardwalk query pages --archive bbs --outcome denied      pages that the site refused\n"
     "  boardwalk query posts --archive bbs --format jsonl        whole records, for a program\n"
     "  boardwalk query posts --archive bbs --site bbs.example.cn --since 2026-01-01 --explain"},
    {"show",
     "  boardwalk show bbs.example.cn/thread/12 --archive bbs     a thread, as one reads it\n"
     "  boardwalk show http://bbs.example.cn/thread-12-1-1.html --archive bbs    the same, by a URL of it\n"
     "  boardwalk show bbs.example.cn/post/345 --history --archive bbs           what was edited in a post\n"
     "  boardwalk show http://bbs.example.cn/thread-12-1-1.html --visits --archive bbs\n"
     "  boardwalk show bbs.example.cn/thread/12 --raw --archive bbs              the page's bytes\n"
     "Long texts go through $PAGER on a terminal; $NO_COLOR turns colours off."},
    {"export",
     "  boardwalk export jsonl --archive bbs -o bbs.jsonl.zst                    everything, for a program\n"
     "  boardwalk export jsonl --archive bbs -o today.jsonl --cursor bbs.cursor  what is new since last "
     "time\n"
     "  boardwalk export csv --archive bbs --kind threads -o threads.csv         a table for a spreadsheet\n"
     "  boardwalk export html --archive bbs --board 12 -o board-12               a board, for a browser\n"
     "  boardwalk export mbox --archive bbs --thread 345 -o thread.mbox          a thread, as mail\n"
     "  boardwalk export warc --archive bbs -o bbs.warc.gz                       the pages, to replay\n"
     "A file is written whole or not at all; FILE.manifest.json beside it says what it holds."},
    {"parse",
     "  boardwalk parse page.html --url http://bbs.example.cn/thread-12-1-1.html\n"
     "  boardwalk parse post.html --url https://blog.example/a-post/ --site blog.toml\n"
     "  boardwalk parse --batch list.jsonl                        many pages in one start\n"
     "  boardwalk parse board.html --url http://bbs.example.cn/forum-3-1.html --links    what it leads to"},
    {"duplicates",
     "  boardwalk duplicates --archive bbs                        who says the same, largest groups first\n"
     "  boardwalk duplicates --archive bbs --near --limit 10      and who nearly the same"},
    {"why", "  boardwalk why http://bbs.example.cn/thread-12-1-1.html --archive bbs"},
    {"errors", "  boardwalk errors --archive bbs                            what failed, and why"},
    {"verify", "  boardwalk verify --archive bbs                            is it sound"},
    {"reparse",
     "  boardwalk reparse --archive bbs                           today's parsers over the stored pages"},
    {"compact", "  boardwalk compact --archive bbs                           less room, nothing lost"},
    {"completion",
     "  boardwalk completion bash                                 source <(…) in this shell\n"
     "  boardwalk completion zsh                                  into _boardwalk in a directory of $fpath\n"
     "An installed boardwalk brings both along."},
}};

}  // namespace

void add_examples(CLI::App& app) {
  for (const auto& [command, text] : kExamples) {
    const std::string footer = std::string("Examples:\n") + text;
    if (*command == '\0') app.footer(footer);
    for (auto* sub :
         app.get_subcommands([&, name = command](CLI::App* any) { return any->get_name() == name; }))
      if (sub->get_footer().empty()) sub->footer(footer);
  }
}

}  // namespace boardwalk::cli
