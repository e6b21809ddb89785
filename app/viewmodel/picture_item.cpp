// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/picture_item.h"

#include <QPainter>

namespace teren {

PictureItem::PictureItem(QQuickItem* parent) : QQuickPaintedItem(parent) {}

void PictureItem::setPicture(const QImage& picture)
{
    if (picture == picture_)
        return;
    picture_ = picture;
    setImplicitSize(picture_.width(), picture_.height());
    emit pictureChanged();
    update();
}

void PictureItem::setFilling(bool filling)
{
    if (filling == filling_)
        return;
    filling_ = filling;
    emit pictureChanged();
    update();
}

void PictureItem::paint(QPainter* painter)
{
    if (picture_.isNull())
        return;
    const QRectF place = boundingRect();
    const QSizeF size
        = QSizeF(picture_.size())
              .scaled(place.size(), filling_ ? Qt::KeepAspectRatioByExpanding : Qt::KeepAspectRatio);
    QRectF target(QPointF(), size);
    target.moveCenter(place.center());
    painter->setClipRect(place);
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawImage(target, picture_);
}

}  // namespace teren
