#include "config/job.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "config/http_words.hpp"
#include "config/quantity.hpp"
#include "config/suggest.hpp"

using namespace boardwalk;
using namespace boardwalk::config;
using namespace std::chrono_literals;

namespace {

std::string error_of(const std::string& toml) {
  const auto job = parse_job(toml, "job.toml");
  return job ? "no error" : job.error().message;
}

std::string set_error(const std::string& assignment) {
  Job job = default_job();
  const auto set = set_key(job, assignment);
  return set ? "no error" : set.error().message;
}

}  // namespace

TEST_CASE("the default job holds every default") {
  const Job job = default_job();
  CHECK(job.seeds.empty());
  CHECK(job.fetch.delay == 1s);
  CHECK(job.fetch.per_host == 1);
  CHECK(job.fetch.obey_robots);
  CHECK(job.limits.page_bytes == 8 << 20);
  CHECK(job.archive.path == "archive");
  CHECK(job.archive.sync == Sync::kEvery100ms);
  CHECK(job.duplicates.min_chars == 16);
  CHECK_FALSE(job.site.timezone_minutes);  // each page its own
}

TEST_CASE("the default agent names Boardwalk and a contact URL, and no word by which Discuz tells robots") {
  const std::string agent = default_job().fetch.user_agent;
  CHECK(agent.find("Boardwalk") != std::string::npos);
  CHECK(agent.find("+http") != std::string::npos);
  for (const char* word : {"bot", "crawl", "spider", "slurp", "lycos", "mobile"})
    CHECK(agent.find(word) == std::string::npos);
}

TEST_CASE("a job file changes the keys that it names and keeps the others") {
  const auto job =
      parse_job("seeds = ['http://a.example/']\n[fetch]\ndelay = '250ms'\n[archive]\nsync = 'always'\n", "j");
  REQUIRE(job);
  CHECK(job->seeds == std::vector<std::string>{"http://a.example/"});
  CHECK(job->fetch.delay == 250ms);
  CHECK(job->archive.sync == Sync::kAlways);
  CHECK(job->fetch.per_host == 1);
}

TEST_CASE("what is wrong in a job file is named with its file, line and column") {
  CHECK(error_of("[fetch]\ndealy = '1s'\n") ==
        "job.toml:2:1: unknown key \"fetch.dealy\"; did you mean \"fetch.delay\"?");
  CHECK(error_of("sedes = []\n") == "job.toml:1:1: unknown key \"sedes\"; did you mean \"seeds\"?");
  CHECK(error_of("[fetch]\nzzz = 1\n") == "job.toml:2:1: unknown key \"fetch.zzz\"");
  CHECK(error_of("[fetsch]\nzzz = 1\n") == "job.toml:1:2: unknown key \"fetsch\"");
  CHECK(error_of("[fetch]\nper_host = 'two'\n") ==
        "job.toml:2:12: fetch.per_host: expected an integer, found string");
  CHECK(error_of("[fetch]\nper_host = 0\n") ==
        "job.toml:2:12: fetch.per_host: 0 is out of range; it may be 1 to 256");
  CHECK(error_of("[fetch]\nobey_robots = 1\n") ==
        "job.toml:2:15: fetch.obey_robots: expected true or false, found integer");
  CHECK(error_of("seeds = [1]\n") == "job.toml:1:9: seeds: expected a list of strings, found integer");
  CHECK(error_of("fetch = 1\n") == "job.toml:1:1: fetch is a section; write [fetch] and its keys below");
  CHECK(error_of("[archive]\nsync = 'never'\n") ==
        "job.toml:2:8: archive.sync: \"never\" is not a way to sync; write \"always\", \"100ms\" or \"os\"");
  CHECK(error_of("[fetch\n").rfind("job.toml:1:", 0) == 0);
}

TEST_CASE("what is wrong in a [[host]] table is named with its file, line and column") {
  CHECK(error_of("[[host]]\nname = 'a'\ndealy = '1s'\n") ==
        "job.toml:3:1: unknown key \"host.dealy\"; did you mean \"host.delay\"?");
  CHECK(error_of("[[host]]\nname = 'a'\n[[host]]\nname = 'b'\nper_host = 0\n") ==
        "job.toml:5:12: host.per_host: 0 is out of range; it may be 1 to 256");
  CHECK(error_of("[[host]]\ndelay = '1s'\n") ==
        "job.toml:1:1: [[host]]: it has no name; write name = \"bbs.example.cn\"");
  CHECK(error_of("[[host]]\nname = ['a', '']\n") == "job.toml:2:8: host.name: may not be empty");
  CHECK(error_of("[[host]]\nname = 'a'\nconcurrency = 4\n") ==
        "job.toml:3:1: unknown key \"host.concurrency\"");
  CHECK(error_of("host = 'a'\n") ==
        "job.toml:1:8: host: expected a table for each host: [[host]], found string");
  CHECK(error_of("[host]\nname = 'a'\n") ==
        "job.toml:1:1: host: expected a table for each host: [[host]], found table");
}

TEST_CASE("hosts are written as records write sites, in any case: what none is written like is told") {
  const auto job = parse_job(
      "[fetch]\nallow_addresses = ['Wiki.Local', '10.0.0.7', '[fd00::7]']\nmedia_hosts = ['IMG.*']\n"
      "[[host]]\nname = ['BBS.example.cn', '*.Example.org:8080', '[2001:db8::80]']\n",
      "job.toml");
  REQUIRE(job);
  CHECK(job->fetch.allow_addresses == std::vector<std::string>{"wiki.local", "10.0.0.7", "[fd00::7]"});
  CHECK(job->fetch.media_hosts == std::vector<std::string>{"img.*"});
  CHECK(job->hosts[0].names ==
        std::vector<std::string>{"bbs.example.cn", "*.example.org:8080", "[2001:db8::80]"});
  const std::pair<std::string, std::string> wrong[] = {
      {"http://x.cn/", R"("http://x.cn/" is no host; write "bbs.example.cn" or "bbs.example.cn:8080")"},
      {"*.x.cn/forum", R"("*.x.cn/forum" is no host; write "bbs.example.cn" or "bbs.example.cn:8080")"},
      {"例子.测试", R"("例子.测试" is no host's name in ASCII; write it as boardwalk status does, "xn--…")"}};
  for (const auto& [name, words] : wrong) {
    CHECK(error_of("[[host]]\nname = '" + name + "'\n") == "job.toml:2:8: host.name: " + words);
    CHECK(error_of("[fetch]\nmedia_hosts = '" + name + "'\n") ==
          "job.toml:2:15: fetch.media_hosts: " + words);
  }
  CHECK(error_of("[fetch]\nallow_addresses = ['10.0.0.0/8']\n") ==
        "job.toml:2:19: fetch.allow_addresses: \"10.0.0.0/8\" is no host; write \"bbs.example.cn\" or "
        "\"bbs.example.cn:8080\"");
  for (const std::string several : {"10.0.0.*", "10.0.0.7:8080", "fd00::7"})
    CHECK(error_of("[fetch]\nallow_addresses = ['" + several + "']\n") ==
          "job.toml:2:19: fetch.allow_addresses: \"" + several +
              "\" is no single host; write \"10.0.0.7\", \"[fd00::7]\" or \"wiki.local\"");
}

TEST_CASE(
    "a host with a port that is a scheme's own stands for the site of that scheme too, which has none") {
  const auto job = parse_job(
      "[fetch]\nmedia_hosts = 'X.cn:80'\n[[host]]\nname = ['a.cn', '*.x.cn:443', '[2001:db8::80]:443']\n",
      "job.toml");
  REQUIRE(job);
  CHECK(job->fetch.media_hosts == std::vector<std::string>{"x.cn:80", "x.cn"});
  CHECK(job->hosts[0].names ==
        std::vector<std::string>{"a.cn", "*.x.cn:443", "*.x.cn", "[2001:db8::80]:443", "[2001:db8::80]"});
}

TEST_CASE("a job tells the keys that were named from the defaults, whatever their values are") {
  using Names = std::set<std::string, std::less<>>;
  CHECK(default_job().named.empty());
  CHECK(parse_job("[archive]\nsync = 'os'\n[fetch]\ndelay = '1s'\n", "job.toml")->named ==
        Names{"archive.sync", "fetch.delay"});
  CHECK(parse_job("[archive]\npath = 'archive'\n", "job.toml")->named == Names{"archive.path"});
  Job job = default_job();
  CHECK_FALSE(set_key(job, "archive.path="));
  CHECK(job.named.empty());
  REQUIRE(set_key(job, "archive.path=archive"));
  REQUIRE(set_key(job, "site.timezone=auto"));
  CHECK(job.named == Names{"archive.path", "site.timezone"});
}

TEST_CASE("a --set may give host tables whole") {
  Job job = default_job();
  REQUIRE(set_key(job, "host=[{name = 'a.example', delay = '9s'}]"));
  REQUIRE(job.hosts.size() == 1);
  CHECK(job.hosts[0].names == std::vector<std::string>{"a.example"});
  job.hosts[0].change(job.fetch);
  CHECK(job.fetch.delay == 9s);
  CHECK(set_error("host=[{name = 'a.example', dealy = '9s'}]") ==
        "--set host: unknown key \"host.dealy\"; did you mean \"host.delay\"?");
}

TEST_CASE("a bad duration is told how to be written") {
  CHECK(error_of("[fetch]\ndelay = '10 parsecs'\n") ==
        "job.toml:2:9: fetch.delay: \"10 parsecs\" is not a duration; write a whole number and a unit: "
        "\"500ms\", \"2s\", "
        "\"5m\", \"1h\", \"1d\", \"1w\"");
  CHECK(error_of("[fetch]\ndelay = 2\n") ==
        "job.toml:2:9: fetch.delay: expected a duration in quotes, found integer");
}

TEST_CASE("a page or a file may have as many bytes as the archive keeps in one row, and no more") {
  CHECK(error_of("[limits]\npage_bytes = '1GiB'\n[fetch]\nmedia_bytes = 1073741824\n") == "no error");
  CHECK(error_of("[limits]\npage_bytes = '2GiB'\n") ==
        "job.toml:2:14: limits.page_bytes: may be 1GiB at most: larger ones are not kept");
  CHECK(error_of("[[host]]\nname = 'a'\nmedia_bytes = 1073741825\n") ==
        "job.toml:3:15: host.media_bytes: may be 1GiB at most: larger ones are not kept");
  CHECK(set_error("fetch.media_bytes=5GiB") ==
        "--set fetch.media_bytes: may be 1GiB at most: larger ones are not kept");
}

TEST_CASE("no bytes are no limit, in a file and on the line, but nothing can be read of a page of none") {
  CHECK(error_of("[archive]\nmin_free = 0\n[limits]\nmax_bytes = 0\nhost_bytes = '0B'\n") == "no error");
  CHECK(set_error("archive.min_free=0") == "no error");
  CHECK(error_of("[limits]\npage_bytes = 0\n") ==
        "job.toml:2:14: limits.page_bytes: may not be 0: nothing would be read");
  CHECK(set_error("fetch.media_bytes=0B") == "--set fetch.media_bytes: may not be 0: nothing would be read");
}

TEST_CASE("a time zone is auto or an offset: what it may be is told of anything else") {
  const auto zone = [](const std::string& text) {
    return parse_job("[site]\ntimezone = '" + text + "'\n", "job.toml")->site.timezone_minutes;
  };
  CHECK_FALSE(zone("auto"));
  CHECK(zone("+08:00") == 480);
  CHECK(zone("-03:30") == -210);
  CHECK(zone("Z") == 0);
  for (const std::string wrong : {"Shanghai", "+8", "UTC", ""})
    CHECK(error_of("[site]\ntimezone = '" + wrong + "'\n") ==
          "job.toml:2:12: site.timezone: \"" + wrong +
              "\" is not a time zone; write \"auto\", \"+08:00\", \"-03:30\" or \"Z\"");
}

TEST_CASE("a missing job file is named") {
  const auto job = load_job("/nowhere/job.toml");
  REQUIRE_FALSE(job);
  CHECK(job.error().kind == ErrorKind::kNotFound);
  CHECK(job.error().message ==
        "cannot read job file /nowhere/job.toml: No such file or directory; name a TOML job file or a URL");
}

TEST_CASE("a --set changes one key, its value TOML or a bare word") {
  Job job = default_job();
  CHECK(set_key(job, "fetch.delay=0s"));
  CHECK(set_key(job, "fetch.per_host=8"));
  CHECK(set_key(job, "fetch.obey_robots=false"));
  CHECK(set_key(job, "archive.path=/tmp/a b"));
  CHECK(set_key(job, "archive.sync=\"os\""));
  CHECK(set_key(job, "scope.exclude=[\"*print*\", \"*=rss\"]"));
  CHECK(set_key(job, "limits.page_bytes=64KiB"));
  CHECK(job.fetch.delay == 0s);
  CHECK(job.fetch.per_host == 8);
  CHECK_FALSE(job.fetch.obey_robots);
  CHECK(job.archive.path == "/tmp/a b");
  CHECK(job.archive.sync == Sync::kOs);
  CHECK(job.scope.exclude == std::vector<std::string>{"*print*", "*=rss"});
  CHECK(job.limits.page_bytes == 65536);
  CHECK(set_key(job, "archive.path=2024"));
  CHECK(job.archive.path == "2024");
}

TEST_CASE("a wrong --set names the key and the nearest known one") {
  CHECK(set_error("fetch.dealy=0s") ==
        "--set fetch.dealy: unknown key \"fetch.dealy\"; did you mean \"fetch.delay\"?");
  CHECK(set_error("fetch.delay") ==
        "--set fetch.delay: write section.key=value, for example --set fetch.delay=2s");
  CHECK(set_error("fetch.per_host=many") == "--set fetch.per_host: expected an integer, found string");
  CHECK(set_error("fetch.delay=5") == "--set fetch.delay: expected a duration in quotes, found integer");
}

TEST_CASE("a proxy is a URL with a port: what it is for SOCKS resolves names itself") {
  CHECK(proxy_from("") == "");
  CHECK(proxy_from("http://127.0.0.1:8118") == "http://127.0.0.1:8118");
  CHECK(proxy_from("https://heron:egg@proxy.example:3128/") == "https://heron:egg@proxy.example:3128");
  CHECK(proxy_from("socks5://[::1]:1080") == "socks5h://[::1]:1080");
  CHECK(proxy_from("socks5h://proxy.example:1080") == "socks5h://proxy.example:1080");
  for (const char* bad :
       {"proxy.example:3128", "http://proxy.example", "ftp://a:21", "http://:8118", "http://a:0",
        "http://a:99999", "http://a b:80", "http://a:80/path", "socks4://a:1080"})
    CHECK_FALSE(proxy_from(bad));
  CHECK(set_error("fetch.proxy=elsewhere") ==
        "--set fetch.proxy: \"elsewhere\" is not a proxy; write \"http://127.0.0.1:8118\" or "
        "\"socks5://127.0.0.1:1080\", or \"\" for none");
}

TEST_CASE("what files come with pages is one of five words") {
  Job job = default_job();
  CHECK(job.fetch.media == Media::kNone);
  CHECK(set_key(job, "fetch.media=requisites"));
  CHECK(job.fetch.media == Media::kRequisites);
  CHECK(set_key(job, "fetch.media_bytes=1MiB"));
  CHECK(job.fetch.media_bytes == 1 << 20);
  CHECK(set_key(job, "fetch.media_types=['image/*']"));
  CHECK(set_error("fetch.media=pictures") ==
        "--set fetch.media: \"pictures\" is not a choice of files; write \"none\", \"attachments\", "
        "\"images\", "
        "\"all\" or \"requisites\"");
}

TEST_CASE("headers of one's own have a name, a value, and no line ends") {
  Job job = default_job();
  CHECK(set_key(job, "fetch.headers=['Accept-Language: zh-CN', 'X-Pond:deep']"));
  CHECK(job.fetch.headers == std::vector<std::string>{"Accept-Language: zh-CN", "X-Pond:deep"});
  CHECK(error_of("[fetch]\nheaders = ['deep']\n") ==
        "job.toml:2:11: fetch.headers: \"deep\" is not a header; write \"Accept-Language: zh-CN\"");
  CHECK(error_of("[fetch]\nheaders = [\"X-Pond: a\\r\\nX-Other: b\"]\n") ==
        "job.toml:2:11: fetch.headers: the header \"X-Pond\" has no value, or one that cannot be sent");
  CHECK(error_of("[fetch]\nheaders = ['User-Agent: Heron']\n") ==
        "job.toml:2:11: fetch.headers: the header \"User-Agent\" is not the job's to set; use user_agent");
  CHECK(error_of("[fetch]\nheaders = ['Host: a']\n") ==
        "job.toml:2:11: fetch.headers: the header \"Host\" is not the job's to set");
  for (const char* bad : {"X-Pond:", "X-Pond: ", "X Pond: a", ": a", "X-Pond", "Content-Length: 5"})
    CHECK(wrong_with_header(bad));
}

TEST_CASE("a user agent is one line that can be sent") {
  Job job = default_job();
  CHECK(set_key(job, "fetch.user_agent=Heron/2.1 (鹭; +http://heron.example/)"));
  CHECK(job.fetch.user_agent == "Heron/2.1 (鹭; +http://heron.example/)");
  for (const char* bad : {"\"\"\"Heron/2.1\n(+http://heron.example/)\"\"\"", R"("Heron\r\nX-Egg: blue")",
                          R"("Heron\u0000")", "' '"})
    CHECK(
        error_of(std::string("[fetch]\nuser_agent = ") + bad + "\n") ==
        "job.toml:2:14: fetch.user_agent: cannot be sent; write it in one line, without control characters");
  CHECK(error_of("[fetch]\nuser_agent = ''\n") == "job.toml:2:14: fetch.user_agent: may not be empty");
}

TEST_CASE("durations, sizes and zones are whole numbers with a unit") {
  CHECK(duration_from("0s") == 0ms);
  CHECK(duration_from("1w") == 168h);
  CHECK(duration_from("90m") == 90min);
  for (const char* bad : {"", "s", "1", "1.5s", "-1s", "1 s", "1S", "99999999999w", "1sec"})
    CHECK_FALSE(duration_from(bad));
  CHECK(size_from("512") == 512);
  CHECK(size_from("8MiB") == 8 << 20);
  for (const char* bad : {"", "MiB", "8MB", "-1", "1e9"}) CHECK_FALSE(size_from(bad));
  CHECK(zone_from("+08:00") == 480);
  CHECK(zone_from("-03:30") == -210);
  CHECK(zone_from("Z") == 0);
  for (const char* bad : {"", "8", "+8:00", "+99:00", "+08:99"}) CHECK_FALSE(zone_from(bad));
}

TEST_CASE("hours are from and to on the minute, and may pass midnight") {
  CHECK(hours_from("")->always());
  CHECK(hours_from("01:00-06:30")->from == 60);
  CHECK(hours_from("01:00-06:30")->to == 390);
  CHECK(hours_from("22:00-06:00")->from == 1320);
  CHECK(hours_from("18:00-24:00")->to == 1440);
  for (const char* bad : {"1:00-6:00", "01:00", "01:00-01:00", "24:00-01:00", "01:60-02:00", "25:00-26:00",
                          "-", "01:00-06:00 "})
    CHECK_FALSE(hours_from(bad));
  CHECK(error_of("[fetch]\nhours = 'at night'\n") ==
        "job.toml:2:9: fetch.hours: \"at night\" is not hours of a day; write \"01:00-06:00\", or \"\" for "
        "always");
}

TEST_CASE("every key of limits, scope and politeness is read, from a file and from --set") {
  const auto job = parse_job(
      "[scope]\nkinds = ['thread', 'board']\nurl_length = 500\ntraps = false\nsitemaps = false\n"
      "[fetch]\nmax_delay = '2m'\nhours = '01:00-06:00'\nobey_nofollow = false\nobey_noindex = true\n"
      "[limits]\nmax_bytes = '1GiB'\nmax_errors = 3\nhost_pages = 4\nhost_bytes = 0\nhost_errors = 5\n"
      "host_time = '1h'\n",
      "j");
  REQUIRE(job);
  CHECK(job->scope.kinds == std::vector<std::string>{"thread", "board"});
  CHECK(job->scope.url_length == 500);
  CHECK_FALSE(job->scope.traps);
  CHECK_FALSE(job->scope.sitemaps);
  CHECK(job->fetch.max_delay == 2min);
  CHECK(job->fetch.hours.to == 360);
  CHECK_FALSE(job->fetch.obey_nofollow);
  CHECK(job->fetch.obey_noindex);
  CHECK(job->limits.max_bytes == 1 << 30);
  CHECK(job->limits.max_errors == 3);
  CHECK(job->limits.host_pages == 4);
  CHECK(job->limits.host_bytes == 0);
  CHECK(job->limits.host_errors == 5);
  CHECK(job->limits.host_time == 1h);
  Job set = default_job();
  CHECK(set_key(set, "fetch.hours=22:00-06:00"));
  CHECK(set_key(set, "limits.host_bytes=64KiB"));
  CHECK(set.fetch.hours.from == 1320);
  CHECK(set.limits.host_bytes == 65536);
}

TEST_CASE("the nearest word is offered only when it is near") {
  const std::vector<std::string> words{"crawl", "status", "export", "query"};
  CHECK(nearest("crwal", words) == "crawl");
  CHECK(nearest("exprot", words) == "export");
  CHECK(nearest("stats", words) == "status");
  CHECK_FALSE(nearest("zebra", words));
}
