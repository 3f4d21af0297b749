/* Groups are dealt one by one, the largest first, each to the fold that it evens out best. */
#include "folds.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "random.h"

#define N_DEALS 400
/* A fold without a family costs more than any unevenness. */
#define EMPTY_COST 1e6

typedef struct
{
  char *name;
  double weights[INSTRU_N_FAMILIES]; /* square root of its notes in each family */
  double order;
} Group;

static void
free_group (gpointer data)
{
  g_free (((Group *) data)->name);
  g_free (data);
}

static GPtrArray *
collect_groups (const InstruDataset *dataset)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (free_group);
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < dataset->notes->len; i++)
    {
      const InstruNote *note = g_ptr_array_index (dataset->notes, i);
      Group *group = g_hash_table_lookup (by_name, note->group);

      if (note->label >= INSTRU_N_FAMILIES)
        continue;
      if (group == NULL)
        {
          group = g_new0 (Group, 1);
          group->name = g_strdup (note->group);
          g_hash_table_insert (by_name, group->name, group);
          g_ptr_array_add (groups, group);
        }
      group->weights[note->label] += 1.0;
    }

  for (guint i = 0; i < groups->len; i++)
    for (int family = 0; family < INSTRU_N_FAMILIES; family++)
      {
        Group *group = g_ptr_array_index (groups, i);

        group->weights[family] = sqrt (group->weights[family]);
      }
  return groups;
}

/* How uneven the folds are: squared distance from an even share, relative to it. */
static double
get_cost (double (*sums)[INSTRU_N_FAMILIES], guint n_folds, const double *totals)
{
  double cost = 0.0;

  for (guint fold = 0; fold < n_folds; fold++)
    for (int family = 0; family < INSTRU_N_FAMILIES; family++)
      {
        double share = sums[fold][family] * n_folds / totals[family];

        cost += (share - 1.0) * (share - 1.0) + (share <= 0.0 ? EMPTY_COST : 0.0);
      }
  return cost;
}

static void
add_group (double *sums, const Group *group, double sign)
{
  for (int family = 0; family < INSTRU_N_FAMILIES; family++)
    sums[family] += sign * group->weights[family];
}

static int
compare_order (gconstpointer a, gconstpointer b)
{
  const Group *first = *(Group *const *) a, *second = *(Group *const *) b;

  return first->order > second->order ? -1 : first->order < second->order;
}

/* Large groups come early; chance decides among equals. */
static void
shuffle (GPtrArray *groups, guint64 *random)
{
  for (guint i = 0; i < groups->len; i++)
    {
      Group *group = g_ptr_array_index (groups, i);

      group->order = 0.0;
      for (int family = 0; family < INSTRU_N_FAMILIES; family++)
        group->order += group->weights[family];
      group->order *= instru_random_between (random, 0.3, 1.7);
    }
  g_ptr_array_sort (groups, compare_order);
}

static double
deal_once (GPtrArray *groups, guint n_folds, const double *totals, guint *folds, guint64 *random)
{
  double sums[16][INSTRU_N_FAMILIES] = { 0 };

  shuffle (groups, random);
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = g_ptr_array_index (groups, i);
      double best = INFINITY;

      for (guint fold = 0; fold < n_folds; fold++)
        {
          double cost;

          add_group (sums[fold], group, 1.0);
          cost = get_cost (sums, n_folds, totals);
          add_group (sums[fold], group, -1.0);
          if (cost < best)
            {
              best = cost;
              folds[i] = fold;
            }
        }
      add_group (sums[folds[i]], group, 1.0);
    }
  return get_cost (sums, n_folds, totals);
}

GHashTable *
instru_folds_deal (const InstruDataset *dataset, guint n_folds, guint64 seed, GError **error)
{
  g_autoptr (GPtrArray) groups = collect_groups (dataset);
  g_autoptr (GHashTable) dealt = NULL;
  g_autofree guint *folds = g_new0 (guint, groups->len);
  double totals[INSTRU_N_FAMILIES] = { 0 };
  double best = INFINITY;

  g_return_val_if_fail (n_folds >= 2 && n_folds <= 16, NULL);

  for (guint i = 0; i < groups->len; i++)
    add_group (totals, g_ptr_array_index (groups, i), 1.0);
  for (guint deal = 0; deal < N_DEALS; deal++)
    {
      double cost = deal_once (groups, n_folds, totals, folds, &seed);

      if (!(cost < best))
        continue;
      best = cost;
      g_clear_pointer (&dealt, g_hash_table_unref);
      dealt = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; i < groups->len; i++)
        g_hash_table_insert (dealt, g_strdup (((Group *) g_ptr_array_index (groups, i))->name),
                             GUINT_TO_POINTER (folds[i]));
    }

  if (!(best < EMPTY_COST))
    {
      g_set_error (
          error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_DATA,
          _ ("There are too few recording groups to have each family in each of %u folds."),
          n_folds);
      return NULL;
    }
  return g_steal_pointer (&dealt);
}
