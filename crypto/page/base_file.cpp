// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/base_file.h"

#include <sqlite3.h>

namespace teren::page {

BaseFile::BaseFile(sqlite3_vfs* vfs)
    : vfs_(vfs),
      memory_(static_cast<std::size_t>(vfs->szOsFile) / sizeof(std::max_align_t) + 1),
      file_(reinterpret_cast<sqlite3_file*>(memory_.data()))
{
}

BaseFile::~BaseFile()
{
    if (file_->pMethods != nullptr)
        file_->pMethods->xClose(file_);
}

int BaseFile::open(const char* name, int flags, int* outFlags)
{
    return vfs_->xOpen(vfs_, name, file_, flags, outFlags);
}

int BaseFile::read(std::span<std::uint8_t> out, std::int64_t offset)
{
    return file_->pMethods->xRead(file_, out.data(), static_cast<int>(out.size()), offset);
}

int BaseFile::write(ByteView data, std::int64_t offset)
{
    return file_->pMethods->xWrite(file_, data.data(), static_cast<int>(data.size()), offset);
}

int BaseFile::truncate(std::int64_t size)
{
    return file_->pMethods->xTruncate(file_, size);
}

int BaseFile::size(std::int64_t& out)
{
    sqlite3_int64 size = 0;
    const int code = file_->pMethods->xFileSize(file_, &size);
    out = size;
    return code;
}

int BaseFile::sync(int flags)
{
    return file_->pMethods->xSync(file_, flags);
}

bool BaseFile::hasMoved()
{
    int moved = 0;
    return file_->pMethods->xFileControl(file_, SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

}  // namespace teren::page
