#include "store/printed_names.hpp"

#include <catch2/catch.hpp>
#include <string>

using boardwalk::store::printed_name;

namespace {

bool prints(const std::string& line, const std::string& name) { return printed_name(line, name).size() == 1; }

}  // namespace

TEST_CASE("a name is printed as one behind a label") {
  CHECK(prints("本帖最后由 江一舟 于 2021-3-4 编辑", "江一舟"));
  CHECK(prints("本主题由江一舟于昨天置顶", "江一舟"));
  CHECK(prints("作者：江一舟 来源：望江报", "江一舟"));
  CHECK(prints("By Anna Quay, staff writer", "Anna Quay"));
  CHECK(prints("楼主&nbsp;江一舟", "江一舟"));
  CHECK(prints("@江一舟 你好", "江一舟"));
  CHECK(printed_name("由 江一舟 于昨天，由 江一舟 于今天", "江一舟").size() == 2);
}

TEST_CASE("in markup a name is printed as all of a person's title, or in his address, as well") {
  const auto places = [](const std::string& markup) {
    return boardwalk::store::printed_title(markup, "江一舟").size();
  };
  CHECK(places("<a href=\"space-uid-9.html\" title=\"江一舟\">") == 1);
  CHECK(places("<img title='江一舟' src='avatar.php?uid=9'>") == 1);
  CHECK(places("<a href=\"home.php?mod=space&amp;username=江一舟\">") == 1);
  CHECK(places("<meta content=\"由 江一舟 于今天\">") == 1);
  CHECK(places("<a href=\"thread-5-1-1.html\" title=\"江一舟\">") == 0);
  CHECK(places("<a class=\"江一舟\" href=\"江一舟.html\">") == 0);
}

TEST_CASE("the same letters elsewhere are no name that is printed as one") {
  CHECK_FALSE(prints("江一舟由东门来", "江一舟"));
  CHECK_FALSE(prints("作者：江一舟山人", "江一舟"));
  CHECK_FALSE(prints("nearby Anna Quay", "Anna Quay"));
  CHECK_FALSE(prints("by Annabel", "Anna"));
  CHECK_FALSE(prints("", "江一舟"));
  CHECK_FALSE(prints("由 江一舟", ""));
}
