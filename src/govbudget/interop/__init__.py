"""Exchange with other tools（数据交换）: records, JSON, frames."""
