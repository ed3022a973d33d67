import { createContext, useContext } from 'react';

/** Where a page puts its own header on a narrow screen, beside the button of the menu: there is one header only. */
export const HeaderSlotContext = createContext<HTMLElement | null>(null);

export const useHeaderSlot = () => useContext(HeaderSlotContext);
