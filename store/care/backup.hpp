// A copy of an archive that is itself an archive: its tables are hard links where source and copy share a
// file system (a table is never changed, only dropped), else copied once; manifest and logs are copied.
// Also beside a crawl: the copy holds the state of one moment.
#pragma once

#include <cstdint>
#include <filesystem>

#include "config/error.hpp"

namespace boardwalk::store {

struct BackupCounts {
  std::int64_t tables = 0;
  std::int64_t linked = 0;   // to the source's
  std::int64_t kept = 0;     // were in the copy already
  std::uint64_t copied = 0;  // bytes, of all kinds of files
};

// Makes `to` a copy of the archive `from`, or brings the copy that it is up to date; what was there before is
// replaced in one step when the new state has been opened, and stays when anything fails; what was copied
// until then does not. `links` false copies every table that is not there yet, or is one file with the
// source's, so that a fault of the disk in one archive is none in the other. Of tables that are there those
// stay that are whole, all others are copied. kUsage when `to` is neither vacant nor an archive, is `from`, or
// is of another archive: that is told by the name that RocksDB gives a database when it makes it
// (db/IDENTITY), which goes with every copy; one without a name, as copies were before it went with them, is
// taken for the right one. kLocked when a crawl writes into `to`; kNotFound, kDamaged, kIo as opening `from`,
// kIo also when it cannot be read or `to` not be written: the message names the file that failed.
[[nodiscard]] Result<BackupCounts> backup(const std::filesystem::path& from, const std::filesystem::path& to,
                                          bool links);

// The same where any archive may stand at `to`: makes it what its backup `from` is. No table is linked to the
// backup's anew, and of those at `to` only those stay that are the backup's byte by byte, as those are that it
// was linked to when it was made.
[[nodiscard]] Result<BackupCounts> restore(const std::filesystem::path& from,
                                           const std::filesystem::path& to);

}  // namespace boardwalk::store
