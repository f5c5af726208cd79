/**
 * What every page and card needs, in one piece that is loaded once; each of them is
 * loaded after it. Imported by each alone, it would be in each.
 */

export * from './answers/useAnswer';
export * from './layout/Panel';
export * from './marks/LevelMark';
export * from './marks/StateMarks';
export * from './states/Kept';
export * from './states/Loading';
export * from './states/States';
export * from './translation';
export * from './words/Words';

export const servicesPage = () => import('./overview/ServicesPage');
export const programPage = () => import('./program/ProgramPage');
export const whatIfPage = () => import('./whatIf/WhatIfPage');
export const rulesPage = () => import('./rules/RulesPage');
export const sourcesPage = () => import('./sources/SourcesPage');
export const mentorshipTab = () => import('./service/MentorshipTab');
export const entityCards = () => import('./cards/EntityCards');
export const stewardships = () => import('./home/Stewardships');
export const apprenticeships = () => import('./home/Apprenticeships');
export const teamRisk = () => import('./home/TeamRisk');
