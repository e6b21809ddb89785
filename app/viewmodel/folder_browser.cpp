// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/folder_browser.h"

#include <QDir>
#include <QLocale>
#include <QStandardPaths>
#include <QStorageInfo>

#include <array>

namespace teren {
namespace {

constexpr int kEntriesMax = 1000;

QString size(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QVariantMap place(const QString& folder, const QString& label)
{
    return {{QStringLiteral("id"), folder}, {QStringLiteral("label"), label}};
}

}  // namespace

QVariantList removableDisks()
{
    QVariantList disks;
    for (const QStorageInfo& disk : QStorageInfo::mountedVolumes()) {
        const QString path = disk.rootPath();
        const bool isStick = path.startsWith(QStringLiteral("/media/"))
            || path.startsWith(QStringLiteral("/run/media/")) || path.startsWith(QStringLiteral("/mnt/"));
        if (!isStick || disk.isReadOnly() || !disk.isReady())
            continue;
        disks.push_back(place(
            path,
            FolderBrowser::tr("%1, %2 free")
                .arg(disk.displayName().section(QLatin1Char('/'), -1), size(disk.bytesAvailable()))));
    }
    return disks;
}

QVariantList FolderBrowser::places() const
{
    QVariantList places = removableDisks();
    places.push_back(place(QDir::homePath(), tr("Home")));
    constexpr std::array kKnown{
        QStandardPaths::PicturesLocation, QStandardPaths::DocumentsLocation,
        QStandardPaths::DownloadLocation};
    for (const QStandardPaths::StandardLocation known : kKnown) {
        const QString folder = QStandardPaths::writableLocation(known);
        if (folder != QDir::homePath() && QDir(folder).exists())
            places.push_back(place(folder, QDir(folder).dirName()));
    }
    return places;
}

QString FolderBrowser::start() const
{
    const QVariantList disks = removableDisks();
    return disks.isEmpty() ? QDir::homePath() : disks.front().toMap().value(QStringLiteral("id")).toString();
}

void FolderBrowser::setPath(const QString& path)
{
    path_ = path.isEmpty() ? QString() : QDir::cleanPath(path);
    read();
}

void FolderBrowser::setFiles(bool files)
{
    if (files == files_)
        return;
    files_ = files;
    read();
}

void FolderBrowser::up()
{
    QDir folder(path_);
    if (folder.cdUp())
        setPath(folder.absolutePath());
}

void FolderBrowser::read()
{
    problem_.clear();
    more_ = false;
    const QDir folder(path_);
    if (path_.isEmpty() || !folder.exists() || !folder.isReadable()) {
        problem_ = path_.isEmpty() ? QString() : tr("This folder cannot be read, or is gone.");
        entries_.clear();
        emit shown();
        return;
    }
    QDir::Filters filters = QDir::Dirs | QDir::NoDotAndDotDot;
    if (files_)
        filters |= QDir::Files | QDir::Readable;
    std::vector<FolderRow> rows;
    for (const QFileInfo& entry : folder.entryInfoList(filters, QDir::DirsFirst | QDir::LocaleAware)) {
        if (rows.size() == kEntriesMax) {
            more_ = true;
            break;
        }
        rows.push_back(
            {.path = entry.absoluteFilePath(),
             .name = entry.fileName(),
             .detail = entry.isDir() ? QString() : size(entry.size()),
             .folder = entry.isDir()});
    }
    entries_.setRows(rows);
    emit shown();
}

}  // namespace teren
