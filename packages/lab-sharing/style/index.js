import './sharing.css';
