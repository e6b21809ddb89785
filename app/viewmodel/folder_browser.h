// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/lists.h"

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace teren {

/// A folder of this machine and what is in it, to choose a file or a folder from. In the window itself, for
/// the dialogs of a desktop remember what was chosen, in files that anybody finds.
class FolderBrowser : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString path READ path WRITE setPath NOTIFY shown FINAL)
    Q_PROPERTY(bool files READ files WRITE setFiles NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(bool more READ more NOTIFY shown FINAL)
    Q_PROPERTY(QVariantList places READ places NOTIFY shown FINAL)
    Q_PROPERTY(teren::FolderList* entries READ entries CONSTANT FINAL)

public:
    using QObject::QObject;

    /// Empty while nothing is shown.
    QString path() const { return path_; }
    void setPath(const QString& path);
    /// Whether files are listed as well as folders.
    bool files() const { return files_; }
    void setFiles(bool files);
    QString problem() const { return problem_; }
    /// Whether there are more than are listed.
    bool more() const { return more_; }
    /// Where most people keep things, and sticks: maps with `id`, the folder, and `label`.
    QVariantList places() const;
    FolderList* entries() { return &entries_; }

    /// Into a folder of the list, or to the one above it.
    Q_INVOKABLE void up();
    /// The folder to begin with: a stick if one is in, else the home of this user.
    Q_INVOKABLE QString start() const;

signals:
    void shown();

private:
    void read();

    QString path_;
    bool files_ = false;
    bool more_ = false;
    QString problem_;
    FolderList entries_;
};

/// Sticks and other disks that are there and can be written: maps with `id`, their folder, and `label`, their
/// name and free room.
QVariantList removableDisks();

}  // namespace teren
