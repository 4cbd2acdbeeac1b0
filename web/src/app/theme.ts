import type { ThemeConfig } from 'antd';

/** The component library's colours where its own lack the contrast of WCAG AA, and fonts that a machine here has. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0958d9',
    // What antd makes of it for a pointer above is too light on white (WCAG 2.2, 1.4.3).
    colorPrimaryHover: '#003eb3',
    colorLinkHover: '#003eb3',
    colorLink: '#0958d9',
    colorError: '#cf1322',
    colorSuccess: '#237804',
    colorWarning: '#874d00',
    colorTextDescription: 'rgba(0, 0, 0, 0.65)',
    colorTextPlaceholder: 'rgba(0, 0, 0, 0.6)',
    colorTextSecondary: 'rgba(0, 0, 0, 0.7)',
    colorTextDisabled: 'rgba(0, 0, 0, 0.6)',
    green: '#237804',
    fontFamily: "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
  },
  components: { Descriptions: { labelColor: 'rgba(0, 0, 0, 0.7)' } },
};
