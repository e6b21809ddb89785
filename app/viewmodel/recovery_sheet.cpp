// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/recovery_sheet.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPrinter>
#include <QPrinterInfo>

namespace teren {
namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("RecoverySheet", text);
}

}  // namespace

bool printRecoverySheet(const QString& code)
{
    const QPrinterInfo info = QPrinterInfo::defaultPrinter();
    if (info.isNull())
        return false;
    QPrinter printer(info, QPrinter::HighResolution);
    printer.setDocName(QStringLiteral("Teren"));
    printer.setPageSize(QPageSize(QPageSize::A4));
    QPainter painter;
    if (!painter.begin(&printer))
        return false;
    const QRectF page = printer.pageRect(QPrinter::DevicePixel)
                            .translated(-printer.pageRect(QPrinter::DevicePixel).topLeft());
    QFont font(QStringLiteral("Inter"));
    font.setPointSize(12);
    painter.setFont(font);
    const QRectF text = page.adjusted(0, 0, 0, -page.height() / 2);
    painter.drawText(
        text, Qt::TextWordWrap,
        words(QT_TRANSLATE_NOOP(
            "RecoverySheet",
            "Recovery code of a Teren profile\n\nWhoever has this sheet and the device can open the profile. "
            "Keep it apart "
            "from the device, where you keep what nobody else may read.")));
    font.setPointSize(20);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.drawText(page.adjusted(0, page.height() / 4, 0, 0), Qt::TextWordWrap, code);
    return painter.end();
}

}  // namespace teren
