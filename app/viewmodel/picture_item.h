// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QImage>
#include <QQuickPaintedItem>

namespace teren {

/// A picture from memory, as large as its place allows. No provider and no cache of Qt's has it: when the
/// controller lets go of it, it is gone.
class PictureItem : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QImage picture READ picture WRITE setPicture NOTIFY pictureChanged FINAL)
    Q_PROPERTY(bool filling READ filling WRITE setFilling NOTIFY pictureChanged FINAL)

public:
    explicit PictureItem(QQuickItem* parent = nullptr);

    QImage picture() const { return picture_; }
    void setPicture(const QImage& picture);
    /// Whether it fills its place, cut off where it is too long, instead of standing in it as a whole.
    bool filling() const { return filling_; }
    void setFilling(bool filling);

    void paint(QPainter* painter) override;

signals:
    void pictureChanged();

private:
    QImage picture_;
    bool filling_ = false;
};

}  // namespace teren
