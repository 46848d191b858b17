// The web archive, clause by clause of WARC 1.1.

#include "store/export/warc.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "export_fixture.hpp"
#include "parsers/digest.hpp"
#include "store/bodies.hpp"
#include "store/export/warc_record.hpp"
#include "store/schema.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

struct Record {
  std::map<std::string, std::string> fields;
  std::string block;
};

// §4: a version line, fields, an empty line, a block of Content-Length bytes, two line ends.
std::vector<Record> read_warc(std::string_view bytes) {
  std::vector<Record> records;
  const auto line = [&] {
    const std::size_t end = bytes.find("\r\n");
    REQUIRE(end != std::string_view::npos);
    const std::string text(bytes.substr(0, end));
    bytes.remove_prefix(end + 2);
    return text;
  };
  while (!bytes.empty()) {
    REQUIRE(line() == "WARC/1.1");
    Record& record = records.emplace_back();
    for (std::string text = line(); !text.empty(); text = line()) {
      const std::size_t colon = text.find(": ");
      REQUIRE(colon != std::string::npos);
      CHECK(record.fields.emplace(text.substr(0, colon), text.substr(colon + 2)).second);
    }
    const std::size_t length = std::stoul(record.fields.at("Content-Length"));
    REQUIRE(bytes.size() >= length + 4);
    record.block = bytes.substr(0, length);
    REQUIRE(bytes.substr(length, 4) == "\r\n\r\n");
    bytes.remove_prefix(length + 4);
  }
  return records;
}

Visit visit(const std::string& url, std::int64_t at, const std::string& body,
            parsers::Outcome outcome = parsers::Outcome::kOk, int status = 200) {
  Visit visit;
  visit.key = "bbs.test " + url.substr(url.rfind('/'));
  visit.url = url;
  visit.fetched_at = at;
  visit.run = 3;
  visit.outcome = outcome;
  visit.status = status;
  visit.bytes = static_cast<std::int64_t>(body.size());
  visit.headers = {{"Content-Type", "text/html; charset=gbk"},
                   {"Content-Encoding", "gzip"},
                   {"content-length", "17"},
                   {"Set-Cookie", "a=1"}};
  if (!body.empty()) visit.sha256 = parsers::sha256_hex(body);
  return visit;
}

void put(Archive& archive, const Visit& visit, const std::string& body) {
  archive.commit([&](Batch& batch) {
    put_visit(batch, visit);
    if (!body.empty() && !put_body(batch, visit.sha256, body)) throw std::runtime_error("not put");
  });
}

struct Exported {
  std::string bytes;
  std::vector<std::string> index;
  WarcCounts counts;
};

Exported warc_of(Archive& archive, const VisitSelection& selection = {}, bool gzip = false) {
  Exported exported;
  const WarcFile file{"a.warc", "0.1.0", 1700000000, gzip};
  REQUIRE(export_warc(
      archive.read(), selection, file,
      [&](std::string_view bytes) {
        exported.bytes += bytes;
        return true;
      },
      exported.counts, exported.index));
  return exported;
}

std::vector<std::string> types(const std::vector<Record>& records) {
  std::vector<std::string> types;
  for (const auto& record : records) types.push_back(record.fields.at("WARC-Type"));
  return types;
}

}  // namespace

TEST_CASE("WARC 5.5: the type of each record: every fetch has its metadata beside it") {
  Archive archive;
  put(archive, visit("http://bbs.test/a", 1000, "one"), "one");
  put(archive, visit("http://bbs.test/b", 2000, "", parsers::Outcome::kTimeout, 0), "");
  const auto records = read_warc(warc_of(archive).bytes);
  CHECK(types(records) == std::vector<std::string>{"warcinfo", "response", "metadata", "metadata"});
  CHECK(records[2].fields.at("WARC-Concurrent-To") == records[1].fields.at("WARC-Record-ID"));
  CHECK(records[2].block == "outcome: ok\r\nrun: 3\r\nfetchTimeMs: 0\r\n");
  CHECK(records[3].fields.count("WARC-Concurrent-To") == 0);
  CHECK(records[3].block.starts_with("outcome: timeout\r\n"));
}

TEST_CASE("a response's headers fit the body as it stands, and those sent are kept by another name") {
  Archive archive;
  put(archive, visit("http://bbs.test/a", 1234, "the body"), "the body");
  const auto records = read_warc(warc_of(archive).bytes);
  CHECK(records[1].block ==
        "HTTP/1.1 200 \r\nContent-Type: text/html; charset=gbk\r\nX-Archive-Orig-Content-Encoding: gzip\r\n"
        "X-Archive-Orig-content-length: 17\r\nSet-Cookie: a=1\r\nContent-Length: 8\r\n\r\nthe body");
  CHECK(records[1].fields.at("WARC-Target-URI") == "http://bbs.test/a");
  CHECK(records[1].fields.at("WARC-Date") == "1970-01-01T00:00:01.234Z");
  CHECK(records[1].fields.at("Content-Type") == "application/http; msgtype=response");
}

TEST_CASE("WARC 5.8 and 5.9: block and payload digests are those of the bytes") {
  Archive archive;
  put(archive, visit("http://bbs.test/a", 1000, "one"), "one");
  for (const auto& record : read_warc(warc_of(archive).bytes))
    CHECK(record.fields.at("WARC-Block-Digest") == "sha256:" + parsers::sha256_hex(record.block));
  const auto records = read_warc(warc_of(archive).bytes);
  CHECK(records[1].fields.at("WARC-Payload-Digest") == "sha256:" + parsers::sha256_hex("one"));
}

TEST_CASE("WARC 6.7: the same bytes again, and a 304, are revisits of the response before") {
  Archive archive;
  put(archive, visit("http://bbs.test/a", 1000, "one"), "one");
  put(archive, visit("http://bbs.test/a", 2000, "one", parsers::Outcome::kUnchanged), "one");
  put(archive, visit("http://bbs.test/a", 3000, "", parsers::Outcome::kUnchanged, 304), "");
  put(archive, visit("http://bbs.test/a", 4000, "two"), "two");
  const auto exported = warc_of(archive);
  const auto records = read_warc(exported.bytes);
  REQUIRE(types(records) == std::vector<std::string>{"warcinfo", "response", "metadata", "revisit",
                                                     "metadata", "revisit", "metadata", "response",
                                                     "metadata"});
  CHECK(records[3].fields.at("WARC-Profile") ==
        "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest");
  CHECK(records[5].fields.at("WARC-Profile") ==
        "http://netpreserve.org/warc/1.1/revisit/server-not-modified");
  for (const std::size_t i : {3U, 5U}) {
    CHECK(records[i].fields.at("WARC-Refers-To") == records[1].fields.at("WARC-Record-ID"));
    CHECK(records[i].fields.at("WARC-Refers-To-Date") == "1970-01-01T00:00:01.000Z");
    CHECK(records[i].fields.at("WARC-Refers-To-Target-URI") == "http://bbs.test/a");
    CHECK(records[i].fields.at("WARC-Payload-Digest") == records[1].fields.at("WARC-Payload-Digest"));
    CHECK(records[i].block.ends_with("Content-Length: 0\r\n\r\n"));
  }
  CHECK(exported.counts.responses == 2);
  CHECK(exported.counts.revisits == 2);
}

TEST_CASE("WARC 6.7.2: revisits of a page that is blacked out bear the digest of its response") {
  Archive archive;
  put(archive, visit("http://bbs.test/a", 1000, "one"), "one");
  const auto again = visit("http://bbs.test/a", 2000, "one", parsers::Outcome::kUnchanged);
  const std::string black = "o□";
  archive.commit([&](Batch& batch) {
    put_visit(batch, again);
    replace_body(batch, *digest_key(again.sha256), {black, 0, true}, nullptr);
  });
  const auto exported = warc_of(archive);
  const auto records = read_warc(exported.bytes);
  REQUIRE(types(records) ==
          std::vector<std::string>{"warcinfo", "response", "metadata", "revisit", "metadata"});
  const std::string digest = "sha256:" + parsers::sha256_hex(black);
  CHECK(records[1].fields.at("WARC-Payload-Digest") == digest);
  CHECK(records[3].fields.at("WARC-Payload-Digest") == digest);
  REQUIRE(exported.index.size() == 2);
  for (const auto& line : exported.index) CHECK(line.find(digest) != std::string::npos);
}

TEST_CASE("WARC 6.7.3: a 304 is a revisit of the page that it confirms, not of an error page since") {
  using parsers::Outcome;
  Archive archive;
  put(archive, visit("http://bbs.test/a", 1000, "one"), "one");
  put(archive, visit("http://bbs.test/a", 2000, "broken", Outcome::kHttpError, 500), "broken");
  put(archive, visit("http://bbs.test/a", 3000, "log in", Outcome::kDenied), "log in");
  put(archive, visit("http://bbs.test/a", 4000, "", Outcome::kUnchanged, 304), "");
  const auto records = read_warc(warc_of(archive).bytes);
  REQUIRE(types(records) == std::vector<std::string>{"warcinfo", "response", "metadata", "response",
                                                     "metadata", "response", "metadata", "revisit",
                                                     "metadata"});
  CHECK(records[7].fields.at("WARC-Refers-To") == records[1].fields.at("WARC-Record-ID"));
  CHECK(records[7].fields.at("WARC-Payload-Digest") == records[1].fields.at("WARC-Payload-Digest"));
}

TEST_CASE("a 304 refers to no other page where the one that it confirms is no longer in the archive") {
  Archive archive;
  put(archive, visit("http://bbs.test/a", 1000, "one"), "one");
  const auto lost = visit("http://bbs.test/a", 2000, "two");
  archive.commit([&](Batch& batch) { put_visit(batch, lost); });
  put(archive, visit("http://bbs.test/a", 3000, "", parsers::Outcome::kUnchanged, 304), "");
  CHECK(types(read_warc(warc_of(archive).bytes)) ==
        std::vector<std::string>{"warcinfo", "response", "metadata", "metadata", "response", "metadata"});
}

TEST_CASE("WARC 5.13: a body that was cut says why") {
  Archive archive;
  put(archive, visit("http://bbs.test/a", 1000, "on", parsers::Outcome::kTruncated), "on");
  CHECK(read_warc(warc_of(archive).bytes)[1].fields.at("WARC-Truncated") == "disconnect");
}

TEST_CASE("a body that is no longer there leaves the metadata alone, which says so") {
  Archive archive;
  const auto lost = visit("http://bbs.test/a", 1000, "one");
  archive.commit([&](Batch& batch) { put_visit(batch, lost); });
  const auto records = read_warc(warc_of(archive).bytes);
  CHECK(types(records) == std::vector<std::string>{"warcinfo", "metadata"});
  CHECK(records[1].block.ends_with("body: no longer in the archive\r\n"));
}

TEST_CASE("the same archive gives the same records, and no two have one id") {
  Archive archive;
  put(archive, visit("http://bbs.test/a", 1000, "one"), "one");
  put(archive, visit("http://bbs.test/b", 1000, "one"), "one");
  CHECK(warc_of(archive).bytes == warc_of(archive).bytes);
  std::map<std::string, int> ids;
  for (const auto& record : read_warc(warc_of(archive).bytes)) ++ids[record.fields.at("WARC-Record-ID")];
  CHECK(ids.size() == 5);
  CHECK(ids.begin()->first.starts_with("<urn:uuid:"));
}

TEST_CASE("the index names place and length of each response, and gzip keeps records apart") {
  Archive archive;
  put(archive, visit("http://bbs.test/a", 1000, "one"), "one");
  put(archive, visit("http://bbs.test:81/b", 2000, "two"), "two");
  const auto plain = warc_of(archive);
  REQUIRE(plain.index.size() == 2);
  CHECK(plain.index[0].starts_with(
      R"(test,bbs)/a 19700101000001 {"url":"http://bbs.test/a","mime":"text/html",)"
      R"("status":"200","digest":"sha256:)"));
  const auto packed = warc_of(archive, {}, true);
  for (const auto& line : packed.index) {
    const auto number = [&](const std::string& name) {
      return std::stoul(line.substr(line.find("\"" + name + "\":\"") + name.size() + 4));
    };
    CHECK(packed.bytes.substr(number("offset"), 2) == "\x1f\x8b");
    const std::size_t behind = number("offset") + number("length");
    CHECK((behind == packed.bytes.size() || packed.bytes.substr(behind, 2) == "\x1f\x8b"));
  }
}

TEST_CASE("names are turned round for the index, addresses are not") {
  CHECK(surt("http://BBS.example.CN/A?B=c") == "cn,example,bbs)/a?b=c");
  CHECK(surt("https://a.test:8443/") == "test,a:8443)/");
  CHECK(surt("http://127.0.0.1:81/x") == "127.0.0.1:81)/x");
}

TEST_CASE("the index knows pages as those look them up who replay them") {
  CHECK(surt("http://www.a.cn/x/?tid=7&extra=1") == "cn,a)/x?extra=1&tid=7");
  CHECK(surt("http://www2.a.cn/X/y/") == "cn,a)/x/y");
  CHECK(surt("http://wwwa.cn/") == "cn,wwwa)/");
  CHECK(surt("http://bbs.www.a.cn/") == "cn,a,www,bbs)/");
  CHECK(surt("http://a.cn/?a-b=1&a=2&b&a=1&b=") == "cn,a)/?a=1&a=2&a-b=1&b&b=");
}

TEST_CASE("pages are chosen by site, board, thread, time, outcome and run") {
  Archive archive;
  auto thread = visit("http://bbs.test/thread-5-1-1.html", 5000, "one");
  put(archive, thread, "one");
  put(archive, visit("http://bbs.test/a", 9000, "", parsers::Outcome::kDenied, 403), "");
  const auto taken = [&](const std::function<void(VisitSelection&)>& set) {
    VisitSelection selection;
    set(selection);
    return warc_of(archive, selection).counts.metadata;
  };
  CHECK(taken([](auto&) {}) == 2);
  CHECK(taken([](auto& s) { s.site = "bbs.test"; }) == 2);
  CHECK(taken([](auto& s) { s.site = "bbs"; }) == 0);
  CHECK(taken([](auto& s) { s.thread = "5"; }) == 1);
  CHECK(taken([](auto& s) { s.board = "5"; }) == 0);
  CHECK(taken([](auto& s) { s.since = 6; }) == 1);
  CHECK(taken([](auto& s) { s.until = 6; }) == 1);
  CHECK(taken([](auto& s) { s.outcome = parsers::Outcome::kDenied; }) == 1);
  CHECK(taken([](auto& s) { s.run = 4; }) == 0);
}
