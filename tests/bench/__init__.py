"""The bench: what `./qiuzhu bench` measures, and against which floors. Start reading at run.py."""
