const BAR_WIDTH = 30;

/**
 * Creates a progress bar for a terminal. It redraws in place, at most once per percent, and erases itself
 * when done.
 */
export function createProgressBar(write: (text: string) => void): (done: number, total: number) => void {
  let drawn = -1;
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    if (done >= total) {
      if (drawn >= 0) write("\r\u001b[K");
      drawn = -1;
    } else if (percent !== drawn) {
      drawn = percent;
      const full = Math.round((percent / 100) * BAR_WIDTH);
      write(`\r[${"#".repeat(full)}${" ".repeat(BAR_WIDTH - full)}] ${percent} % of ${total}`);
    }
  };
}
