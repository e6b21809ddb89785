// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/files.h"

#include <algorithm>
#include <map>

namespace teren::sim {

/// A disk of plain files in memory. It can be full, and a crash takes what no sync was waited for.
class MemoryFiles final : public platform::Files {
public:
    MemoryFiles() = default;
    MemoryFiles(const MemoryFiles&) = delete;
    MemoryFiles& operator=(const MemoryFiles&) = delete;

    bool isFull = false;

    using Content = std::map<std::filesystem::path, Bytes>;
    /// What is on it.
    Content content() const
    {
        Content copy;
        for (const auto& [path, node] : nodes_)
            copy.emplace(path, node->bytes);
        return copy;
    }
    void putBack(const Content& content)
    {
        nodes_.clear();
        for (const auto& [path, bytes] : content)
            nodes_.emplace(path, std::make_shared<Node>(Node{bytes, bytes.size()}));
    }
    void crash()
    {
        for (auto& [path, node] : nodes_)
            node->bytes.resize(node->durable);
    }

    Result<std::unique_ptr<platform::OutFile>> create(const std::filesystem::path& path) override
    {
        if (isFull)
            return full();
        if (nodes_.contains(path))
            return fail(Errc::Refused, "the name is taken");
        return append(path);
    }
    Result<std::unique_ptr<platform::OutFile>> append(const std::filesystem::path& path) override
    {
        auto& node = nodes_[path];
        if (node == nullptr)
            node = std::make_shared<Node>();
        return std::make_unique<Out>(*this, node);
    }
    Result<std::unique_ptr<platform::InFile>> open(const std::filesystem::path& path) override
    {
        const auto found = nodes_.find(path);
        if (found == nodes_.end())
            return fail(Errc::NotFound, "no such file");
        return std::make_unique<In>(found->second);
    }
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override
    {
        auto node = nodes_.extract(from);
        if (node.empty())
            return fail(Errc::Disk, "no such file");
        nodes_[to] = std::move(node.mapped());
        return {};
    }
    Status remove(const std::filesystem::path& path) override
    {
        nodes_.erase(path);
        return {};
    }
    Status makeFolder(const std::filesystem::path&) override { return {}; }
    Status syncFolder(const std::filesystem::path&) override { return {}; }
    Result<std::vector<std::string>> names(const std::filesystem::path& folder) override
    {
        std::vector<std::string> names;
        for (const auto& [path, node] : nodes_)
            if (path.parent_path() == folder)
                names.push_back(path.filename().string());
        return names;
    }
    Result<std::uint64_t> freeBytes(const std::filesystem::path&) override
    {
        return isFull ? 0 : std::uint64_t{1} << 40;
    }

private:
    struct Node {
        Bytes bytes;
        std::size_t durable = 0;
    };
    static std::unexpected<Error> full() { return fail(Errc::DiskFull, "the simulated disk is full"); }

    class Out final : public platform::OutFile {
    public:
        Out(MemoryFiles& disk, std::shared_ptr<Node> node) : disk_(disk), node_(std::move(node)) {}
        Status write(ByteView bytes) override
        {
            // A full disk takes the first part of it.
            const ByteView taken = disk_.isFull ? bytes.first(bytes.size() / 2) : bytes;
            node_->bytes.insert(node_->bytes.end(), taken.begin(), taken.end());
            return disk_.isFull ? Status(full()) : Status();
        }
        Status sync() override
        {
            if (disk_.isFull)
                return full();
            node_->durable = node_->bytes.size();
            return {};
        }

    private:
        MemoryFiles& disk_;
        std::shared_ptr<Node> node_;
    };
    class In final : public platform::InFile {
    public:
        explicit In(std::shared_ptr<Node> node) : node_(std::move(node)) {}
        Result<std::uint64_t> size() override { return node_->bytes.size(); }
        Status readAt(std::uint64_t offset, std::span<std::uint8_t> out) override
        {
            if (offset > node_->bytes.size() || out.size() > node_->bytes.size() - offset)
                return fail(Errc::Damaged, "the file ends before");
            std::ranges::copy(ByteView(node_->bytes).subspan(offset, out.size()), out.begin());
            return {};
        }

    private:
        std::shared_ptr<Node> node_;
    };

    std::map<std::filesystem::path, std::shared_ptr<Node>> nodes_;
};

}  // namespace teren::sim
