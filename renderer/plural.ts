// A number with its noun: "1 rule", "2 rules".

export const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
