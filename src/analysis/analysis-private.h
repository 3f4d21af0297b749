/* How an analysis is laid out; for the builder and for selections only. */
#pragma once

#include "analysis.h"
#include "frame-store.h"

G_BEGIN_DECLS

struct _InstruAnalysis
{
  gatomicrefcount ref_count;

  GFile *file;
  char *display_name;
  InstruAudioFormat format;
  InstruAudioTags tags;
  double duration_s;
  gboolean complete;
  GStrv warnings;

  InstruFrameStore *frames;
  InstruPeaks *peaks;
  InstruStatistics statistics[INSTRU_N_DESCRIPTORS];
  InstruQuality quality;

  InstruModel *model; /* nullable */
  InstruVerdict verdict;
  InstruTimelineWindow *windows;
  gsize n_windows;
};

G_END_DECLS
