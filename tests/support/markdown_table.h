// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <fstream>
#include <string>
#include <vector>

namespace teren::test {

/// The cells of "| a | `b` |", without the blanks around them and without back quotes.
inline std::vector<std::string> cellsOf(const std::string& line)
{
    std::vector<std::string> cells;
    std::size_t start = 1;
    for (std::size_t end = line.find('|', start); end != std::string::npos; end = line.find('|', start)) {
        std::string cell = line.substr(start, end - start);
        std::erase(cell, '`');
        cell.erase(0, cell.find_first_not_of(' '));
        cell.erase(cell.find_last_not_of(' ') + 1);
        cells.push_back(std::move(cell));
        start = end + 1;
    }
    return cells;
}

/// The rows of every table of the file whose first heading is `first`, in order.
/// @param path  From the top of the source tree: "app/domain/README.md".
inline std::vector<std::vector<std::string>> tableRows(const std::string& path, const std::string& first)
{
    std::ifstream file(TEREN_SOURCE_DIR "/" + path);
    std::vector<std::vector<std::string>> rows;
    bool inTable = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("| " + first + " |"))
            inTable = true;
        else if (!line.starts_with("|"))
            inTable = false;
        else if (inTable && !line.starts_with("|-"))
            rows.push_back(cellsOf(line));
    }
    return rows;
}

}  // namespace teren::test
