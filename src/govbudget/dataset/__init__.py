"""Many budgets as one dataset（多份预算的数据集）: Parquet tables of facts, indicators, findings and documents.

The tables are partitioned by year and family. Every content is one part of each table, named by its SHA-256; its part
of ``documents`` comes last and says that the others are whole. So a run can be broken off at any moment and goes on
where it stopped, and the dataset does not depend on the order or the executor of its making.
"""

from govbudget.dataset.parts import DOCUMENTS
from govbudget.dataset.run import Corpus, corpus

__all__ = ["DOCUMENTS", "Corpus", "corpus"]
