/** In place of an agent and a person where Pinchy itself used a model, to make documents searchable by meaning. */
export const nobodyId = '00000000-0000-0000-0000-000000000000';
