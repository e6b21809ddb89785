// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"
#include "app/service/values.h"
#include "app/viewmodel/rows.h"

#include <vector>

namespace teren {

/// The marks on the scales of 1 to 10 of one case, as lines over time: one line an area, by who rated.
struct ScaleChart {
    std::vector<ScaleRow> lines;
    QStringList months;  ///< Texts under the chart, the first month of it to the last, evenly spaced.
};

/// @param records All of a case: the marks, and the goals that name the areas; others are passed over.
ScaleChart scaleChart(const std::vector<service::RecordView>& records, const domain::SchemaSet& schemas);

}  // namespace teren
