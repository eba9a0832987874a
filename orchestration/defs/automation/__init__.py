"""When things run: the job, its schedule, where its log goes."""
