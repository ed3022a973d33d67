export const galleryFilters = ['stopped', 'review', 'unowned', 'restricted'] as const;
export type GalleryFilter = (typeof galleryFilters)[number];

export const galleryOrders = ['name', 'used', 'cost'] as const;
export type GalleryOrder = (typeof galleryOrders)[number];

/** What the address of the page holds. */
export interface GallerySearch {
  /** Words to look for. */
  q?: string | undefined;
  only?: GalleryFilter | undefined;
  order?: GalleryOrder | undefined;
}

export function readGallerySearch({ q, only, order }: Record<string, unknown>): GallerySearch {
  return {
    q: typeof q === 'string' && q !== '' ? q : undefined,
    only: galleryFilters.find((filter) => filter === only),
    order: galleryOrders.find((known) => known === order),
  };
}
