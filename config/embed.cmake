# Writes OUT: a C++ source that defines `extern const std::string_view NAME` with the
# bytes of the file TEXT.
file(READ ${TEXT} text)
file(WRITE ${OUT}
"#include <string_view>
namespace boardwalk::config {
extern const std::string_view ${NAME};
const std::string_view ${NAME} = R\"toml~(${text})toml~\";
}  // namespace boardwalk::config
")
